import { type QueryPlan, QueryPlanner } from '@graphql-hive/router-query-planner'
import { HubError } from '../../schema/index.js'
import { orderForPlanner } from './planner-subgraph-names.js'

/** Which fields with a progressive `@override` are taken from their new subgraph. */
export interface OverrideChoice {
  /** Labels switched on by name. */
  readonly labels: ReadonlySet<string>
  /** For labels of the form `percent(n)`: taken when n is greater than this number, 0 to 100. */
  readonly percentage: number
}

/** The Rust planner of one supergraph. */
export interface Planner {
  /** Schema for clients as the planner prints it; not yet fit for them. */
  readonly consumerSchema: string
  /** Names the plans that `choice` leads to: equal keys, equal plans. */
  overrideKey(choice: OverrideChoice): string
  /**
   * Plans outside the event loop.
   *
   * @throws HubError `OPERATION_NOT_PLANNABLE`, also when planning takes too long.
   */
  plan(
    document: string,
    operationName: string | undefined,
    choice: OverrideChoice,
  ): Promise<QueryPlan>
}

/**
 * Loads a supergraph into the planner.
 *
 * @param timeoutMs - Longest time for one plan.
 * @throws HubError `SUPERGRAPH_INVALID` with the planner's reason.
 */
export function createPlanner(supergraphSdl: string, timeoutMs: number): Planner {
  const ordered = orderForPlanner(supergraphSdl)
  const planner = loadPlanner(ordered.supergraphSdl)
  const labels = [...planner.overrideLabels].sort()
  const percentages = planner.overridePercentages
  return {
    consumerSchema: planner.consumerSchema,
    overrideKey: (choice) => {
      if (labels.length === 0 && percentages.length === 0) return ''
      const active = labels.filter((label) => choice.labels.has(label))
      const isReached = percentages.filter((percentage) => percentage > choice.percentage).length
      return `${active.join(',')}/${isReached}`
    },
    async plan(document, operationName, choice) {
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const plan = await planner.planAsync(
          document,
          operationName,
          new Set(choice.labels),
          choice.percentage,
          signal,
        )
        return ordered.withRealNames(plan)
      } catch (cause) {
        if (signal.aborted) {
          const message = `planning this operation takes more than ${timeoutMs} ms`
          throw new HubError('OPERATION_NOT_PLANNABLE', { message, timeoutMs, cause })
        }
        throw new HubError('OPERATION_NOT_PLANNABLE', { cause })
      }
    },
  }
}

function loadPlanner(supergraphSdl: string): QueryPlanner {
  try {
    return new QueryPlanner(supergraphSdl)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim() : 'unknown reason'
    const message = `the planner refuses the supergraph: ${reason}`
    throw new HubError('SUPERGRAPH_INVALID', { message, cause })
  }
}
