import type { GraphQLFormattedError } from 'graphql'
import { HubError, type RegisteredMember } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import type { CompiledOperation } from '../fanout/compile-operation.js'
import { verifyEntities } from '../fanout/entity-shares.js'
import { type MemberAnswer, MemberFault } from '../fanout/member-answer.js'
import type { CreateMemberAsker, MemberAsker } from '../fanout/member-asker.js'
import { mergeField } from '../fanout/merge-field.js'
import { type CallPlanning, type MemberCall, narrowRequest } from '../fanout/plan-calls.js'
import type { FieldPlan } from '../fanout/plan-request.js'
import { copyJson } from '../transport/copy-json.js'
import { printHeaderKey } from '../transport/request-headers.js'
import type { AnswerCache, Served } from './answer-cache.js'
import { detachContext } from './detach-context.js'
import type { DataOwner } from './domain/cache-policy.js'
import type { Placement } from './domain/residency.js'
import { createQuestionReader, type FieldQuestions, narrowField } from './member-questions.js'
import type { Fetch, Fetched } from './question.js'
import { errorsBelow, errorsIn } from './relative-errors.js'

export interface MemberCacheOptions {
  readonly cache: AnswerCache
  /** Whose data a member's is and where it may be; undefined for a member without a policy. */
  readonly ownerOf: (
    member: RegisteredMember,
  ) => { readonly owner: DataOwner; readonly placement: Placement } | undefined
  /** Longest that a shared fetch takes, whoever waits for it. */
  readonly memberTimeoutMs: number
  readonly now: () => number
}

/**
 * Keeps each member's pages and entities, one by one and never the merged list: a list in which one member failed must
 * not live on. Stands between the fan-out and the members, so it works the same for every router.
 */
export function createMemberCache(options: MemberCacheOptions): CreateMemberAsker {
  const { cache, ownerOf } = options
  return (planning) => {
    const readQuestions = createQuestionReader(planning)

    async function ask(
      call: MemberCall,
      compiled: CompiledOperation,
      context: RequestContext,
    ): Promise<MemberAnswer> {
      const facts = ownerOf(call.entry.member)
      if (facts === undefined) return askMember(call, call.fields, compiled, context)
      const vary = printHeaderKey(context)
      const read = readQuestions(call, compiled, { ...facts, vary })
      const kept: FieldQuestions[] = []
      const passed: FieldPlan[] = []
      for (const one of read) {
        const [question] = one.questions
        const reason = question === undefined ? undefined : cache.reasonNotKept(question)
        if (reason === undefined) kept.push(one)
        else passed.push(one.field)
        if (question !== undefined && reason !== undefined) {
          cache.notePassed(question, reason, context.cacheLog)
        }
      }
      if (kept.length === 0) return askMember(call, call.fields, compiled, context)
      const [answer, others] = await Promise.all([
        answerKept(call, kept, compiled, context),
        passed.length === 0 ? undefined : askMember(call, passed, compiled, context),
      ])
      return others === undefined ? answer : joinAnswers(answer, others)
    }

    /** With the request's own deadline and identity. */
    async function askMember(
      call: MemberCall,
      fields: readonly FieldPlan[],
      compiled: CompiledOperation,
      context: RequestContext,
    ): Promise<SubgraphAnswer> {
      if (call.leftOut !== undefined) throw toLeftOutError(call)
      const request =
        fields === call.fields ? call.request : narrowRequest(planning, compiled, call, fields)
      return call.entry.client.execute(request, context)
    }

    async function answerKept(
      call: MemberCall,
      kept: readonly FieldQuestions[],
      compiled: CompiledOperation,
      context: RequestContext,
    ): Promise<MemberAnswer> {
      const places = kept.flatMap(({ questions }, field) =>
        questions.map((_question, index) => ({ field, index })),
      )
      const fetch: Fetch = (indices) =>
        fetchFields(planning, options, call, kept, compiled, context, (field) =>
          indices.flatMap((each) => {
            const place = places[each]
            return place?.field === field ? [place.index] : []
          }),
        ).then((byField) =>
          indices.map((each) => {
            const place = places[each]
            const fetched = place && byField.get(place.field)?.get(place.index)
            if (fetched === undefined) throw new RangeError('a question was not fetched')
            return fetched
          }),
        )
      const served = await cache.answer(
        kept.flatMap(({ questions }) => questions),
        fetch,
        {
          deadlineAt: context.deadlineAt,
          log: context.cacheLog,
          ...(call.leftOut !== undefined && { unreachable: toLeftOutError(call) }),
        },
      )
      return assemble(kept, served)
    }

    return { answersForUnreachable: true, ask } satisfies MemberAsker
  }
}

/** Fetches some questions of some fields in one call, and tells the answers apart again. */
async function fetchFields(
  planning: CallPlanning,
  { memberTimeoutMs, now }: MemberCacheOptions,
  call: MemberCall,
  kept: readonly FieldQuestions[],
  compiled: CompiledOperation,
  context: RequestContext,
  indicesOf: (field: number) => readonly number[],
): Promise<ReadonlyMap<number, ReadonlyMap<number, Fetched>>> {
  const wanted = kept.flatMap((one, position) => {
    const indices = indicesOf(position)
    if (indices.length === 0) return []
    const { field, share } = one
    const narrowed = share === undefined ? field : narrowField(field, share, indices)
    return [{ position, indices, field: narrowed }]
  })
  const request = narrowRequest(
    planning,
    compiled,
    call,
    wanted.map(({ field }) => field),
  )
  const answer = await call.entry.client.execute(
    request,
    detachContext(context, now() + memberTimeoutMs),
  )
  const { slug } = call.entry.member
  return new Map(
    wanted.map(({ position, indices, field }) => {
      const fetched = readField(compiled, field, slug, answer)
      return [
        position,
        new Map(
          indices.flatMap((index, place) => {
            const one = fetched[place]
            return one === undefined ? [] : [[index, one] as const]
          }),
        ),
      ]
    }),
  )
}

function readField(
  compiled: CompiledOperation,
  field: FieldPlan,
  member: string,
  answer: SubgraphAnswer,
): readonly Fetched[] {
  const { key } = field.root
  const value = answer.data?.[key]
  const errors = errorsIn(answer.errors, key)
  const { freshness } = answer
  if (field.detail.kind !== 'ENTITIES') {
    const isSound = errors.length === 0 && isMergeable(compiled, field, member, value)
    return [{ value, errors, freshness, isSound }]
  }
  const share = field.detail.shares.byOwner.get(member)
  if (share === undefined) return []
  if (!Array.isArray(value)) {
    // No list at all: the answer's errors say why, for every representation.
    return share.ids.map(() => ({ value: undefined, errors, freshness, isSound: false }))
  }
  const fault = verifyEntities(share, value, compiled.reserved)
  if (fault !== null) throw new MemberFault(fault)
  return value.map((entity: unknown, index) => {
    const own = errorsBelow(errors, index)
    return { value: entity, errors: own, freshness, isSound: true }
  })
}

/** Whether merging takes the value: what would be reported as a member's fault must not be kept. */
function isMergeable(
  compiled: CompiledOperation,
  field: FieldPlan,
  member: string,
  value: unknown,
): boolean {
  if (value === undefined) return false
  if (value === null) return field.detail.kind === 'ROUTE'
  const { failures, contributors } = mergeField(compiled, field, [
    { member, value: copyJson(value), errors: [] },
  ])
  return failures.length === 0 && contributors > 0
}

function assemble(kept: readonly FieldQuestions[], served: readonly Served[]): MemberAnswer {
  const data: Record<string, unknown> = Object.create(null)
  const errors = new Set<GraphQLFormattedError>()
  let staleAgeSeconds: number | undefined
  let failure: unknown
  let next = 0

  function take(path: readonly (string | number)[]): unknown {
    const one = served[next]
    next += 1
    if (one === undefined) return undefined
    for (const error of one.errors) {
      errors.add(error.path === undefined ? error : { ...error, path: [...path, ...error.path] })
    }
    if (one.staleAgeSeconds !== undefined) {
      staleAgeSeconds = Math.max(staleAgeSeconds ?? 0, one.staleAgeSeconds)
    }
    failure ??= one.failure
    return one.isShared ? copyJson(one.value) : one.value
  }

  for (const { field, questions, share } of kept) {
    const { key } = field.root
    if (share === undefined) {
      const value = take([key])
      if (value !== undefined) data[key] = value
      continue
    }
    const list = questions.map((_question, index) => take([key, index]))
    if (!list.includes(undefined)) data[key] = list
  }
  return {
    data,
    ...(errors.size > 0 && { errors: [...errors] }),
    ...(staleAgeSeconds !== undefined && { staleAgeSeconds }),
    ...(failure !== undefined && { failure }),
  }
}

function joinAnswers(kept: MemberAnswer, passed: SubgraphAnswer): MemberAnswer {
  const errors = [...(kept.errors ?? []), ...(passed.errors ?? [])]
  return {
    ...kept,
    data: Object.assign(kept.data ?? {}, passed.data),
    ...(errors.length > 0 && { errors }),
  }
}

function toLeftOutError({ leftOut }: MemberCall): HubError {
  return new HubError('SUBGRAPH_UNREACHABLE', { message: leftOut?.reason ?? '' })
}
