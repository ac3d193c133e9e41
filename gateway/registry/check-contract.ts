import type { GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import { HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphRequest } from '../engine/subgraph-client.js'
import type { MemberClient } from '../transport/member-client.js'
import { type ContractComparison, compareContract } from './compare-contract.js'
import { buildSubgraphSchema } from './contract-schema.js'

/**
 * What a check found. `serving` knows the whole contract · `lagging` lacks nullable parts of it ·
 * `drifted` contradicts it and is left out · `unreachable` did not answer and is left out.
 */
export type MemberState = 'serving' | 'lagging' | 'drifted' | 'unreachable'

export interface ContractVerdict {
  readonly state: MemberState
  /** One sentence for people, null when serving. Nothing internal. */
  readonly reason: string | null
  /** What a lagging member does not know; see {@link ContractComparison.missing}. */
  readonly missing: ReadonlySet<string>
}

export type ContractChecker = (
  client: Pick<MemberClient, 'probe'>,
  context: RequestContext,
) => Promise<ContractVerdict>

const serviceRequest: SubgraphRequest = {
  query: '{ _service { sdl } }',
  operationName: undefined,
  operationType: 'query',
  variables: {},
  representations: {},
}

const nothingMissing: ReadonlySet<string> = new Set()
const reasonsShown = 5

/** A checker against one contract. Members that publish the same text are compared once. Never rejects. */
export function createContractChecker(contract: GraphQLSchema): ContractChecker {
  const comparisons = new LRUCache<string, ContractComparison>({ max: 64 })

  function compare(sdl: string): ContractComparison {
    const known = comparisons.get(sdl)
    if (known !== undefined) return known
    const comparison = compareText(contract, sdl)
    comparisons.set(sdl, comparison)
    return comparison
  }

  return async (client, context) => {
    try {
      const { data } = await client.probe(serviceRequest, context)
      const sdl = readSdl(data)
      if (sdl !== undefined) return toVerdict(compare(sdl))
      return drifted('it does not publish its schema at _service { sdl }')
    } catch (error) {
      const reason = error instanceof HubError ? error.message : 'its schema could not be read'
      return { state: 'unreachable', reason, missing: nothingMissing }
    }
  }
}

function compareText(contract: GraphQLSchema, sdl: string): ContractComparison {
  try {
    return compareContract(contract, buildSubgraphSchema(sdl))
  } catch {
    return { missing: nothingMissing, faults: ['its published schema is not valid SDL'] }
  }
}

function toVerdict({ missing, faults }: ContractComparison): ContractVerdict {
  if (faults.length > 0) return drifted(summarise(faults))
  if (missing.size === 0) return { state: 'serving', reason: null, missing }
  return { state: 'lagging', reason: `does not know ${summarise([...missing])}`, missing }
}

function drifted(reason: string): ContractVerdict {
  return { state: 'drifted', reason, missing: nothingMissing }
}

function summarise(parts: readonly string[]): string {
  const shown = parts.slice(0, reasonsShown).join('; ')
  return parts.length > reasonsShown ? `${shown}; and ${parts.length - reasonsShown} more` : shown
}

function readSdl(data: Record<string, unknown> | null | undefined): string | undefined {
  const service = data?._service
  if (typeof service !== 'object' || service === null || !('sdl' in service)) return undefined
  return typeof service.sdl === 'string' ? service.sdl : undefined
}
