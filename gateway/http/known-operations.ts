import type { ApolloServerPlugin } from '@apollo/server'
import { type DocumentNode, getOperationAST } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Engine } from '../engine/engine.js'
import type { EngineContext } from '../engine/engine-gateway.js'

/** An operation Apollo Server has parsed, validated and let pass, with the engine it was validated for. */
export interface KnownOperation {
  readonly document: DocumentNode
  readonly queryHash: string
  readonly engine: Engine
  readonly isQuery: boolean
}

/** Remembers operations, so that the next request with the same text need not go through Apollo Server again. */
export interface KnownOperations {
  /** Undefined for a text not seen, or not since the supergraph changed. */
  find(query: string, operationName: string | null | undefined): KnownOperation | undefined
  /** For Apollo Server: remembers each operation that reaches execution. */
  readonly recorder: ApolloServerPlugin<EngineContext>
}

const operationsKept = 2_000
const charactersKept = 16_000_000

/** @param current - The engine that answers now. */
export function createKnownOperations(current: () => Engine): KnownOperations {
  const known = new LRUCache<string, KnownOperation>({
    max: operationsKept,
    maxSize: charactersKept,
    sizeCalculation: (_operation, key) => key.length,
  })
  let served = current()

  /** The operations of the engine that answers now. Those of another go at once: each would keep its whole engine alive. */
  function knownNow(): LRUCache<string, KnownOperation> {
    const engine = current()
    if (engine !== served) known.clear()
    served = engine
    return known
  }

  return {
    find: (query, operationName) => knownNow().get(toKey(query, operationName)),
    recorder: {
      requestDidStart: async () => ({
        // The last hook before execution: whatever may refuse an operation has had its say.
        executionDidStart: async (requestContext) => {
          const { source, request, document, queryHash, schema } = requestContext
          const engine = current()
          // A swap between validation and here: this document was not validated for the engine of now.
          if (engine.apiSchema !== schema) return
          const operation = getOperationAST(document, request.operationName)
          if (!operation) return
          const isQuery = operation.operation === 'query'
          const key = toKey(source, request.operationName)
          knownNow().set(key, { document, queryHash, engine, isQuery })
        },
      }),
    },
  }
}

/** A text may begin like a name, so the name has its length before it. */
function toKey(query: string, operationName: string | null | undefined): string {
  return operationName == null ? query : `${operationName.length} ${operationName} ${query}`
}
