import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server'
import type { GraphQLSchema } from 'graphql'
import { createEngine, type Engine, type EngineOptions } from './engine.js'
import type { RequestContext } from './request-context.js'
import type { SubgraphClient } from './subgraph-client.js'

type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>['gateway']
type SchemaListener = Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]

/** What Apollo Server's `contextValue` must hold. */
export interface EngineContext {
  readonly hub: RequestContext
}

/** The engine as Apollo Server's `gateway`, replaceable while running. */
export interface EngineGateway extends GatewayInterface {
  /** The engine that answers new requests. */
  current(): Engine
  /**
   * Replaces the supergraph. Requests that were parsed against the old one finish on it; plans are not carried over.
   *
   * @throws HubError `SUPERGRAPH_INVALID` with its faults; then the old one stays.
   */
  swap(supergraphSdl: string): Engine
}

/**
 * Makes the first engine and the adapter around it.
 *
 * @throws HubError `SUPERGRAPH_INVALID`.
 */
export function createEngineGateway(options: EngineOptions): EngineGateway {
  const clients = shareClients(options.openClient)
  // Apollo Server validates against one schema object and executes later; that object tells which engine to use,
  // so a swap in between cannot run an operation on an engine whose schema it was not validated against.
  const engines = new WeakMap<GraphQLSchema, Engine>()
  const listeners = new Set<SchemaListener>()

  function load(supergraphSdl: string): Engine {
    const engine = createEngine({ ...options, supergraphSdl, openClient: clients.open })
    engines.set(engine.apiSchema, engine)
    return engine
  }

  let current = load(options.supergraphSdl)

  function announce(listener: SchemaListener): void {
    listener({ apiSchema: current.apiSchema, coreSupergraphSdl: current.supergraphSdl })
  }

  return {
    current: () => current,
    swap(supergraphSdl) {
      current = load(supergraphSdl)
      clients.forgetOthers(current)
      for (const listener of listeners) announce(listener)
      return current
    },
    onSchemaLoadOrUpdate(listener) {
      // Apollo Server subscribes before it calls load(): the first announcement is due there.
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async load() {
      for (const listener of listeners) announce(listener)
      return {
        executor: async (request) => {
          const engine = engines.get(request.schema) ?? current
          const { hub } = request.context as EngineContext
          return engine.execute(
            {
              document: request.document,
              // As sent: Apollo Server's own `operationName` is null for a name the document does not have.
              operationName: request.request.operationName,
              variables: request.request.variables,
              queryHash: request.queryHash,
            },
            hub,
          )
        },
      }
    },
    async stop() {
      listeners.clear()
    },
  }
}

/** A subgraph that stays where it is keeps its client, and with it the client's connections, over any number of swaps. */
function shareClients(open: EngineOptions['openClient']) {
  const clients = new Map<string, SubgraphClient>()
  return {
    open: (name: string, url: string): SubgraphClient => {
      const key = `${name} ${url}`
      const client = clients.get(key) ?? open(name, url)
      clients.set(key, client)
      return client
    },
    /** Whoever opened them may close the clients of subgraphs that are gone; back again, these are opened anew. */
    forgetOthers: ({ subgraphs }: Engine): void => {
      const kept = new Set(subgraphs.map(({ name, url }) => `${name} ${url}`))
      for (const key of clients.keys()) if (!kept.has(key)) clients.delete(key)
    },
  }
}
