import { HubError } from '../../schema/index.js'
import { copyJson } from '../transport/copy-json.js'
import type { FailureLog } from './failure-log.js'
import type { JsonObject } from './merge-data.js'
import type { RequestContext } from './request-context.js'
import type { SharedValues } from './shared-values.js'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from './subgraph-client.js'
import { toClientVariable } from './variable-names.js'

/** One execution of a compiled plan. */
export interface PlanRun {
  /** What the subgraphs have given so far, under data keys. */
  readonly data: JsonObject
  /** What of it stands at several places. */
  readonly shared: SharedValues
  /** Coerced variables of the client's operation. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: RequestContext
  readonly failures: FailureLog
  /** The object that all data come from, where that is one and may come again: then all is the same again. */
  source?: object
}

/** A step of a compiled plan. Failures of subgraphs go to `run.failures`; a rejection is a bug. */
export type PlanStep = (run: PlanRun) => Promise<void>

/** The client of each subgraph, by the name query plans use. */
export type ClientOf = (subgraph: string) => SubgraphClient

/**
 * Asks a subgraph, or says why that failed; asks nobody once the request is aborted.
 *
 * @param leavesData - Whether nobody changes the answer's data, so that they need not be the caller's own.
 */
export async function callSubgraph(
  client: SubgraphClient,
  request: SubgraphRequest,
  { context }: PlanRun,
  leavesData = false,
): Promise<{ readonly answer: SubgraphAnswer } | { readonly failure: unknown }> {
  if (context.signal.aborted) return { failure: new HubError('REQUEST_ABORTED') }
  try {
    const answer = await client.execute(request, context)
    const isEmpty = (answer.data ?? null) === null && (answer.errors ?? []).length === 0
    if (isEmpty) return { failure: new HubError('SUBGRAPH_ANSWER_INVALID') }
    const isOwn = answer.isShared !== true || answer.data == null
    return { answer: isOwn || leavesData ? answer : { ...answer, data: copyJson(answer.data) } }
  } catch (failure) {
    return { failure }
  }
}

/** Picks the variables one fetch uses; what the client left out stays out, so that defaults apply. */
export function pickVariables(
  usages: readonly string[] | undefined,
  { variables }: PlanRun,
): Readonly<Record<string, unknown>> {
  if (usages === undefined || usages.length === 0) return noVariables
  const picked: Record<string, unknown> = {}
  for (const name of usages) {
    const given = toClientVariable(name)
    if (Object.hasOwn(variables, given)) picked[name] = variables[given]
  }
  return picked
}

const noVariables: Readonly<Record<string, unknown>> = Object.freeze({})
