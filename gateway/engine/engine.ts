import { createHash } from 'node:crypto'
import type { QueryPlan } from '@graphql-hive/router-query-planner'
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  print,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import type { AuditNote } from '../audit/audit-entry.js'
import { compileAccessRules } from '../auth/access-rules.js'
import { buildApiSchema } from './api-schema.js'
import { CompletionMemo } from './completion-memo.js'
import { toBadInput, toRefusal } from './engine-refusal.js'
import { createFailureLog } from './failure-log.js'
import type { JsonObject } from './merge-data.js'
import { createAccessFinder, unlimitedAccess } from './operation-access.js'
import type { OperationGuardOpener } from './operation-guard.js'
import { type OperationShape, parseOperationShape } from './operation-shape.js'
import {
  defaultOperationLimits,
  type OperationLimits,
  type OperationSize,
} from './operation-size.js'
import { parseWithinLimits } from './parse-within-limits.js'
import type { PlanRun } from './plan-run.js'
import { type PreparedOperation, prepareOperation } from './prepare-operation.js'
import { printAnswer } from './print-answer.js'
import { createPlanner, type OverrideChoice } from './query-planner.js'
import type { RequestContext } from './request-context.js'
import type { ConditionValues } from './selection-included.js'
import { toSensitiveNote } from './sensitive-note.js'
import { settleErrors } from './settle-errors.js'
import { SharedValues } from './shared-values.js'
import { createSingleFlightCache } from './single-flight-cache.js'
import type { SubgraphClient } from './subgraph-client.js'
import { parseSupergraph, type SubgraphEntry } from './supergraph-model.js'

export interface EngineOptions {
  readonly supergraphSdl: string
  /** Gives the client of a subgraph; asked once per subgraph. `url` is the routing URL of the supergraph. */
  readonly openClient: (name: string, url: string) => SubgraphClient
  readonly limits?: Partial<OperationLimits>
  /** Most operations kept prepared. Default 2000. */
  readonly maximumPreparedOperations?: number
  /** Longest time for planning one operation in ms. Default 2000. */
  readonly planningTimeoutMs?: number
  /** Which progressive overrides a request takes. Default: `percent(n)` by chance, no labels. */
  readonly chooseOverrides?: (context: RequestContext) => OverrideChoice
  /** Asked before an operation is planned or executed. Default: everything may run. */
  readonly openGuard?: OperationGuardOpener
  /** Whether an operation that asks for something its caller may not read is refused as a whole. Default: those fields are null. */
  readonly isRefusingDenied?: boolean
  /** Told of every operation that names something protected, or changes something. */
  readonly onSensitive?: (note: AuditNote) => void
  readonly log: Logger
}

/** A validated operation, as text or parsed. */
export interface EngineOperation {
  readonly query?: string
  readonly document?: DocumentNode
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
  /** Identifies the document; worked out when absent. */
  readonly queryHash?: string
}

/** `data` is absent when the operation was refused before execution. */
export interface EngineResult {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLError[]
  /** The same as `JSON.stringify(data)`, sooner. Absent when there are errors. */
  readonly printData?: () => string
}

/** A plan for people to read. */
export interface PlanExplanation {
  readonly size: OperationSize
  /** What the planner was asked, or null when the engine answers alone. */
  readonly plannerDocument: string | null
  readonly plan: QueryPlan | null
}

/** Answers operations against one supergraph. */
export interface Engine {
  /** How many mutations have ended: data read before one of them may be out of date. */
  mutations(): number
  readonly apiSchema: GraphQLSchema
  readonly apiSdl: string
  readonly supergraphSdl: string
  readonly subgraphs: readonly SubgraphEntry[]
  /** Never rejects: refusals and bugs come back as errors, too. */
  execute(operation: EngineOperation, context: RequestContext): Promise<EngineResult>
  /**
   * Plans without executing. `overrides` default to none.
   *
   * @throws HubError for operations that are invalid, too large or cannot be planned.
   */
  explain(
    query: string,
    operationName?: string,
    conditions?: ConditionValues,
    overrides?: OverrideChoice,
  ): Promise<PlanExplanation>
}

/**
 * Loads a supergraph: parses it, makes the API schema and the planner, opens the clients.
 *
 * @throws HubError `SUPERGRAPH_INVALID` with its faults.
 */
export function createEngine(options: EngineOptions): Engine {
  const { supergraphSdl, log } = options
  const limits = { ...defaultOperationLimits, ...options.limits }
  const maximum = options.maximumPreparedOperations ?? 2_000
  const model = parseSupergraph(supergraphSdl)
  const accessFinder = createAccessFinder(compileAccessRules(supergraphSdl))
  const planner = createPlanner(supergraphSdl, options.planningTimeoutMs ?? 2_000)
  const api = buildApiSchema(planner.consumerSchema)
  const clients = new Map(
    model.subgraphs.map(({ name, url }) => [name, options.openClient(name, url)]),
  )
  const tools = { apiSchema: api.schema, model, planner, clientOf }
  const chooseOverrides = options.chooseOverrides ?? chooseByChance
  const guard = options.openGuard?.({ apiSchema: api.schema, supergraphSdl })
  const shapes = new LRUCache<string, OperationShape>({ max: maximum })
  const prepared = createSingleFlightCache<PreparedOperation>(maximum)
  let mutations = 0

  function clientOf(name: string): SubgraphClient {
    const client = clients.get(name)
    if (client === undefined) {
      const message = `the plan asks subgraph ${name}, which the supergraph does not name`
      throw new HubError('SUPERGRAPH_INVALID', { message, subgraph: name })
    }
    return client
  }

  function shapeOf(operation: EngineOperation, key: string): OperationShape {
    const known = shapes.get(key)
    if (known !== undefined) return known
    const document = operation.document ?? parseWithinLimits(operation.query ?? '', limits)
    const shape = parseOperationShape(document, operation.operationName ?? undefined, limits)
    shapes.set(key, shape)
    return shape
  }

  function note(shape: OperationShape, context: RequestContext, codes: readonly unknown[]): void {
    if (options.onSensitive === undefined || context.principal.kind === 'anonymous') return
    if (!accessFinder.isSensitive(shape)) return
    options.onSensitive(toSensitiveNote(shape, context, codes))
  }

  async function run(operation: EngineOperation, context: RequestContext): Promise<EngineResult> {
    const key = toOperationKey(operation)
    const shape = shapeOf(operation, key)
    const definitions = shape.operation.variableDefinitions ?? []
    const { coerced: variables, errors } = getVariableValues(
      api.schema,
      definitions,
      operation.variables ?? {},
    )
    if (variables === undefined) return { errors: errors?.map(toBadInput) ?? [] }
    const admission = guard?.(shape, variables, context)
    if (admission !== undefined) await admission
    const overrides = chooseOverrides(context)
    const conditions = shape.conditionVariables.map((name) => (variables[name] === true ? 1 : 0))
    const access = accessFinder.find(shape, context.principal)
    const choice = `${conditions.join('')} ${planner.overrideKey(overrides)} ${access.key}`
    const { fetchData, project, toClientPath, isDenied, finished } = await prepared.get(
      `${key} ${choice}`,
      () => prepareOperation(shape, variables, overrides, access, tools),
    )
    if (isDenied && options.isRefusingDenied === true) {
      note(shape, context, [access.code])
      throw new HubError(access.code)
    }
    const data: JsonObject = {}
    const shared = new SharedValues()
    const failures = createFailureLog(toClientPath)
    const planRun: PlanRun = { data, shared, variables, context, failures }
    if (fetchData !== undefined) await fetchData(planRun)
    if (shape.operation.operation === 'mutation') mutations += 1
    const known = failures.isEmpty() ? finished.find(planRun.source) : undefined
    if (known !== undefined) {
      note(shape, context, [])
      return { data: known.data, printData: () => known.text }
    }
    const memo = new CompletionMemo(shared)
    const answer = project(data, { failures, memo, variables, path: [] }) as JsonObject | null
    for (const bug of failures.bugs()) {
      log.error('a fetch failed unexpectedly', {
        requestId: context.requestId,
        stack: stackOf(bug),
      })
    }
    const settled = failures.isEmpty() ? [] : settleErrors(failures.list(), answer)
    note(
      shape,
      context,
      settled.map(({ extensions }) => extensions.code),
    )
    if (failures.isEmpty()) {
      const printData = (): string => {
        const text = printAnswer(answer, memo)
        finished.keep(planRun.source, { data: answer, text })
        return text
      }
      return { data: answer, printData }
    }
    return settled.length > 0 ? { data: answer, errors: settled } : { data: answer }
  }

  return {
    mutations: () => mutations,
    apiSchema: api.schema,
    apiSdl: api.sdl,
    supergraphSdl,
    subgraphs: model.subgraphs,
    async execute(operation, context) {
      try {
        return await run(operation, context)
      } catch (error) {
        if (!(error instanceof HubError)) {
          log.error('an operation failed', { requestId: context.requestId, stack: stackOf(error) })
        }
        return { errors: [toRefusal(error)] }
      }
    },
    async explain(query, operationName, conditions = {}, overrides = noOverrides) {
      const document = parseWithinLimits(query, limits)
      const shape = parseOperationShape(document, operationName, limits)
      const faults = validate(api.schema, document)
      if (faults.length > 0) {
        const message = faults.map((fault) => fault.message).join('; ')
        throw new HubError('BAD_USER_INPUT', { message })
      }
      const operation = await prepareOperation(shape, conditions, overrides, unlimitedAccess, tools)
      return {
        size: shape.size,
        plannerDocument: operation.document ?? null,
        plan: operation.plan ?? null,
      }
    },
  }
}

const noOverrides: OverrideChoice = { labels: new Set(), percentage: 100 }

/** No name and the empty name are two things: the latter names nothing. */
function toOperationKey(operation: EngineOperation): string {
  const hash = operation.queryHash ?? hashOf(operation)
  return operation.operationName == null ? hash : `${hash} ${operation.operationName}`
}

function hashOf({ query, document }: EngineOperation): string {
  const text = query ?? (document === undefined ? '' : print(document))
  return createHash('sha256').update(text).digest('hex')
}

function chooseByChance(): OverrideChoice {
  return { labels: new Set(), percentage: Math.random() * 100 }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
