import { Kind, visit } from 'graphql'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError, type Principal } from '../../schema/index.js'
import type { OperationGuard, OperationGuardOpener } from '../engine/operation-guard.js'
import type { OperationShape } from '../engine/operation-shape.js'
import type { RedisConnection } from '../store/open-redis.js'
import { createClientKeys } from './client-key.js'
import { compileCost, type OperationCost, type WidthFinder } from './compile-cost.js'
import { readCostModel } from './cost-model.js'
import { refuseLongList } from './guard-variables.js'
import type { LimitReport } from './limit-headers.js'
import type { LimitsConfig } from './limits-config.js'
import { createPointBudget, type PointBudget, type Spending } from './point-budget.js'

/** A request as far as its payer is concerned. */
export interface LimitedRequest {
  readonly principal?: Principal
  /** Address of the client, as far as trusted proxies tell. */
  readonly clientAddress?: string | undefined
}

/** Cost and budgets of requests: what they may ask for, who pays, and what is left. */
export interface RequestLimits {
  /** Refuses operations that cost too much, and takes the points of those that do not. */
  readonly openGuard: OperationGuardOpener
  /** Takes points for work that was no operation: what was refused, or answered without executing. */
  charge(request: LimitedRequest, points: number): Promise<void> | undefined
  /**
   * Throws at once when the client is known to have nothing left.
   *
   * @throws HubError `RATE_LIMITED`.
   */
  refuseSpent(request: LimitedRequest): void
  /** Whether the client is known to have nothing left. */
  isSpent(request: LimitedRequest): boolean
  /** Takes points for an answer that is there already: it is sent whatever is left, the next one is not. */
  note(request: LimitedRequest, points: number): void
  /** What is known of a request that was charged. */
  reportOf(request: LimitedRequest): LimitReport | undefined
}

export interface RequestLimitsOptions {
  readonly config: LimitsConfig
  readonly redis: RedisConnection | undefined
  /** Members asked by the fan-out's root fields. */
  readonly findWidth: WidthFinder
  /** Name of the subgraph that is a fan-out; undefined in a gateway without members. */
  readonly fanOutSubgraph: string | undefined
  readonly log: Logger
}

/** Points for a request that is refused. */
export const refusedPoints = 5

/** Puts the limits together; see {@link RequestLimits}. */
export function createRequestLimits(options: RequestLimitsOptions): RequestLimits {
  const { config, redis, log } = options
  const { windowSeconds, costLimit } = config
  const keyOf = createClientKeys()
  const reports = new WeakMap<LimitedRequest, LimitReport>()
  const open = (name: string, points: number): PointBudget | undefined =>
    points === 0 ? undefined : createPointBudget({ name, points, windowSeconds, redis, log })
  const budgets = {
    anonymous: open('anonymous', config.anonymousPoints),
    principal: open('principal', config.principalPoints),
  }

  function settle(context: LimitedRequest, cost: number, spending: Spending | undefined): void {
    reports.set(context, { cost, spending, windowSeconds })
    if (spending !== undefined && !spending.isAllowed) throw toRefusal(spending)
  }

  function pay(request: LimitedRequest, cost: number, points: number): Promise<void> | undefined {
    const client = keyOf(request.principal, request.clientAddress ?? '')
    const spending = budgets[client.kind]?.spend(client, Math.max(1, Math.ceil(points)))
    if (spending instanceof Promise) {
      return spending.then((settled) => settle(request, cost, settled))
    }
    settle(request, cost, spending)
    return undefined
  }

  function openGuard(facts: Parameters<OperationGuardOpener>[0]): OperationGuard {
    const model = readCostModel(facts.supergraphSdl)
    const tools = {
      schema: facts.apiSchema,
      model,
      defaultListSize: config.defaultListSize,
      findWidth: options.findWidth,
      fanOutGraph: model.graphOf(options.fanOutSubgraph),
    }
    // A shape is kept for its next use, and what is compiled of it for as long.
    const costs = new WeakMap<OperationShape, OperationCost>()
    const costOf = (shape: OperationShape): OperationCost => {
      const known = costs.get(shape)
      if (known !== undefined) return known
      refuseLongLists(shape, config)
      const compiled = compileCost(shape.operation, shape.fragments, tools)
      costs.set(shape, compiled)
      return compiled
    }
    return (shape, variables, context) => {
      const cost = costOf(shape)(variables)
      // Operations of one batch add up.
      const total = (reports.get(context)?.cost ?? 0) + cost
      if (total <= costLimit) return pay(context, total, cost)
      const message = `the request costs ${total}, the limit is ${costLimit}`
      const refusal = new HubError('COST_EXCEEDED', { message, limit: costLimit, value: total })
      // Reading and measuring it was work, too.
      return Promise.resolve(pay(context, total, refusedPoints)).then(() => {
        throw refusal
      })
    }
  }

  return {
    openGuard,
    charge: (request, points) => pay(request, reports.get(request)?.cost ?? points, points),
    refuseSpent(request) {
      const client = keyOf(request.principal, request.clientAddress ?? '')
      const spending = budgets[client.kind]?.refusal(client)
      if (spending !== undefined) settle(request, 0, spending)
    },
    isSpent(request) {
      const client = keyOf(request.principal, request.clientAddress ?? '')
      return budgets[client.kind]?.refusal(client) !== undefined
    },
    note(request, points) {
      const client = keyOf(request.principal, request.clientAddress ?? '')
      // Never rejects; a refusal shows in `isSpent`.
      void budgets[client.kind]?.spend(client, points)
    },
    reportOf: (request) => reports.get(request),
  }
}

function toRefusal({ limit, resetMs }: Spending): HubError {
  const seconds = Math.max(1, Math.ceil(resetMs / 1_000))
  const message = `all ${limit} points of this window are used; try again in ${seconds} s`
  return new HubError('RATE_LIMITED', { message, limit })
}

/** Lists written into the document itself; those of variables are measured where they come in. */
function refuseLongLists({ operation, fragments }: OperationShape, config: LimitsConfig): void {
  for (const definition of [operation, ...fragments.values()]) {
    visit(definition, {
      [Kind.LIST]: ({ values }) => refuseLongList(values.length, config),
    })
  }
}
