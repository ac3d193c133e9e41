import type { GraphQLFormattedError } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError, type MemberOutcome } from '../../schema/index.js'
import { type RequestContext, withDeadline } from '../engine/request-context.js'
import type { SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import type { MemberDirectory } from '../registry/member-directory.js'
import { answerLocally } from './answer-locally.js'
import type { AnswerMemo } from './answer-memo.js'
import { type CompiledOperation, compileOperation } from './compile-operation.js'
import { readFanOutContract } from './fan-out-contract.js'
import { type FieldAnswer, type FieldFailure, isFailure } from './field-answer.js'
import { toFieldError } from './field-error.js'
import type { MemberAnswer } from './member-answer.js'
import { askDirectly, type CreateMemberAsker } from './member-asker.js'
import { createMemberDocuments } from './member-document.js'
import { toFieldFailure, toOutcome } from './member-report.js'
import { mergeField, readFieldPart } from './merge-field.js'
import { createPageReader, type PageReader } from './page-reader.js'
import { type MemberCall, planCalls } from './plan-calls.js'
import { type FieldPlan, planRequest } from './plan-request.js'
import { fillPruned } from './prune-unknown.js'
import { type ScatterResult, scatter } from './scatter.js'

export interface FanOutOptions {
  /** The contract; its directives say how each root field is answered. */
  readonly catalogueSdl: string
  readonly directory: Pick<MemberDirectory, 'entries' | 'reportFailure'>
  /** Longest wait for a member. A request's own deadline may be sooner. */
  readonly memberTimeoutMs: number
  /** Gets each member's part; default: from the members themselves. */
  readonly createAsker?: CreateMemberAsker
  /** Remembers merged answers while all their parts stand; default: each is merged anew. */
  readonly memo?: AnswerMemo
  readonly log: Logger
  /** Milliseconds of the clock `deadlineAt` is measured on; default `performance.now`. */
  readonly now?: () => number
}

interface CallResult {
  readonly call: MemberCall
  readonly result: ScatterResult<CallAnswer>
}

/** A member's answer, its fields read as far as they can be before all are there. */
interface CallAnswer extends MemberAnswer {
  readonly parts: ReadonlyMap<FieldPlan, FieldAnswer | FieldFailure>
}

const operationsKept = 2_000

/** Most that is kept of a deadline, in ms; else a tenth of the time that is left. */
const longestReserveMs = 100

/**
 * The logical subgraph `catalogue`: asks the members concerned, all at once, and makes one answer of theirs.
 * How every member took part goes to `context.outcomes`.
 *
 * @throws HubError `SUPERGRAPH_INVALID` at creation, when a root field of the contract has no strategy.
 */
export function createFanOutClient(options: FanOutOptions): SubgraphClient {
  const { directory, memberTimeoutMs, log, now = () => performance.now() } = options
  const { createAsker = askDirectly, memo } = options
  const contract = readFanOutContract(options.catalogueSdl)
  const planning = { contract, findDocument: createMemberDocuments(contract) }
  const asker = createAsker(planning)
  const planOptions = { withUnreachable: asker.answersForUnreachable }
  const operations = new LRUCache<string, CompiledOperation>({ max: operationsKept })
  const read = createPageReader()

  function compile({ query, operationName }: SubgraphRequest): CompiledOperation {
    // A text may begin like a name, so the name has its length before it.
    const key =
      operationName === undefined ? query : `${operationName.length} ${operationName} ${query}`
    const known = operations.get(key)
    if (known !== undefined) return known
    const compiled = compileOperation(contract, query, operationName)
    operations.set(key, compiled)
    return compiled
  }

  async function callMembers(
    calls: readonly MemberCall[],
    compiled: CompiledOperation,
    context: RequestContext,
  ): Promise<readonly CallResult[]> {
    const results: CallResult[] = []
    const waiting: MemberCall[] = []
    for (const call of calls) {
      const answer = asker.askAtOnce?.(call, compiled, context)
      if (answer === undefined) {
        waiting.push(call)
        continue
      }
      const value = readParts(compiled, call, answer, read)
      results.push({ call, result: { kind: 'answered', value, tookMs: 0 } })
    }
    if (waiting.length === 0) return results
    const startedAt = now()
    const leftMs = Math.min(context.deadlineAt - startedAt, memberTimeoutMs)
    // At the deadline the answer is to be there, not the last member's part: merging, printing and sending come after it, and
    // pages that wait for the same silent member end together.
    const deadlineAt = startedAt + leftMs - Math.min(longestReserveMs, leftMs / 10)
    const memberContext = withDeadline(context, deadlineAt)
    const scattered = await scatter(
      waiting.map((call) => async () => {
        const answer = await asker.ask(call, compiled, memberContext)
        return readParts(compiled, call, answer, read)
      }),
      { deadlineAt, now },
    )
    if (context.signal.aborted) throw new HubError('REQUEST_ABORTED')
    for (const [index, call] of waiting.entries()) {
      const result = scattered[index]
      if (result !== undefined) results.push({ call, result })
    }
    return results
  }

  function report(
    { call, result }: CallResult,
    failure: FieldFailure | undefined,
    context: RequestContext,
  ): MemberOutcome {
    const { slug } = call.entry.member
    const isLeftOut = call.leftOut !== undefined
    const outcome =
      isLeftOut && result.kind !== 'answered'
        ? call.leftOut
        : toOutcome(slug, result, failure, call.pruned)
    context.outcomes.record(outcome)
    // What stands in for a member that failed does not make it well.
    const hasFailed = result.kind === 'answered' && result.value.failure !== undefined
    const isFailing = outcome.outcome === 'failed' || outcome.outcome === 'timeout' || hasFailed
    if (!isFailing || isLeftOut) return outcome
    directory.reportFailure(slug)
    const { code, tookMs } = outcome
    log.debug('member failed', { member: slug, code, tookMs, requestId: context.requestId })
    return outcome
  }

  return {
    async execute(request, context) {
      const compiled = compile(request)
      const entries = directory.entries()
      const known = memo?.recall(compiled, request, entries, context)
      if (known !== undefined) return known
      const plan = planRequest(contract, compiled, request, entries)
      const { calls, notAsked } = planCalls(planning, compiled, plan.fields, request, planOptions)
      for (const outcome of notAsked) context.outcomes.record(outcome)
      const results = await callMembers(calls, compiled, context)

      const data: Record<string, unknown> = Object.create(null)
      const bySlug = new Map(results.map((one) => [one.call.entry.member.slug, one]))
      const errors: GraphQLFormattedError[] = [...plan.errors]
      const failures = new Map<string, FieldFailure>()
      const unavailable: HubError[] = []
      let isShared = false
      for (const field of plan.fields) {
        const gathered = gatherField(field, bySlug)
        const merged = mergeField(compiled, field, gathered.answers)
        isShared ||= gathered.answers.some((one) => one.isShared === true)
        const failed = [...gathered.failures, ...merged.failures]
        for (const failure of failed) failures.set(failure.member, failure)
        data[field.root.key] = merged.value
        errors.push(...merged.errors)
        if (merged.contributors > 0 || field.concerned.length === 0) continue
        data[field.root.key] = null
        const error = toFieldFault(field, failed)
        if (error.code === 'MEMBERS_UNAVAILABLE') unavailable.push(error)
        errors.push(toFieldError(error, field.root.key))
      }
      const outcomes = results.map((one) =>
        report(one, failures.get(one.call.entry.member.slug), context),
      )
      for (const key of plan.settled) data[key] = null
      if (plan.local.length > 0) {
        const local = answerLocally(contract, compiled, plan.local, request.variables)
        for (const { root } of plan.local) data[root.key] = local.data?.[root.key]
        errors.push(...(local.errors ?? []).map((error) => error.toJSON()))
      }
      const [first] = unavailable
      if (first !== undefined && unavailable.length === Object.keys(data).length) throw first
      const answer = { data: inOrder(compiled, data), ...(isShared && { isShared }) }
      if (errors.length > 0) return { ...answer, errors }
      const isWhole = plan.local.length === 0 && plan.settled.length === 0 && notAsked.length === 0
      if (!isWhole || memo === undefined) return answer
      const parts = results.map(({ result }) => result)
      return memo.remember({ compiled, request, entries, context }, { parts, outcomes }, answer)
    },
  }
}

/** The data with its keys as the operation has them, which the specification asks of servers. */
function inOrder(
  { roots }: CompiledOperation,
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  // No prototype: response keys are the client's, and `__proto__` is a valid one.
  const ordered: Record<string, unknown> = Object.create(null)
  for (const { key } of roots) if (key in data) ordered[key] = data[key]
  return ordered
}

function readParts(
  compiled: CompiledOperation,
  { entry, fields, pruned }: MemberCall,
  answer: MemberAnswer,
  read: PageReader,
): CallAnswer {
  if (pruned.length > 0) fillPruned(answer.data, compiled.reserved)
  const { slug } = entry.member
  const parts = new Map(
    fields.map((field) => [field, readFieldPart(compiled, field, slug, answer, read)]),
  )
  return { ...answer, parts }
}

/** The usable answers to one field, and why others are not usable. */
function gatherField(
  field: FieldPlan,
  results: ReadonlyMap<string, CallResult>,
): { readonly answers: readonly FieldAnswer[]; readonly failures: readonly FieldFailure[] } {
  const answers: FieldAnswer[] = []
  const failures: FieldFailure[] = []
  // Along `concerned`, which is in register order; the calls may not be.
  for (const { member } of field.concerned) {
    const { slug } = member
    const found = results.get(slug)
    if (found === undefined || !found.call.fields.includes(field)) continue
    const { result } = found
    const answer =
      result.kind === 'answered' ? result.value.parts.get(field) : toFieldFailure(slug, result)
    if (answer === undefined) continue
    if (isFailure(answer)) failures.push(answer)
    else answers.push(answer)
  }
  return { answers, failures }
}

/** Why a field has no value at all: the client's own mistake in a member's words, or nobody could answer. */
function toFieldFault({ root }: FieldPlan, failures: readonly FieldFailure[]): HubError {
  const clientError = failures.find((failure) => failure.clientError !== undefined)?.clientError
  if (clientError !== undefined) {
    return new HubError(clientError.code, { message: clientError.message })
  }
  const message = `none of the members asked for ${root.name} gave an answer`
  return new HubError('MEMBERS_UNAVAILABLE', { subgraph: 'catalogue', message })
}
