import { HubError, type RegisteredMember } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import type { CompiledOperation } from '../fanout/compile-operation.js'
import type { MemberAnswer } from '../fanout/member-answer.js'
import type { CreateMemberAsker, MemberAsker } from '../fanout/member-asker.js'
import { type MemberCall, narrowRequest } from '../fanout/plan-calls.js'
import type { FieldPlan } from '../fanout/plan-request.js'
import { printHeaderKey } from '../transport/request-headers.js'
import type { AnswerCache } from './answer-cache.js'
import { assembleAnswer, joinAnswers } from './assemble-answer.js'
import { hashText } from './domain/cache-key.js'
import { type FetchOptions, fetchFields } from './fetch-fields.js'
import { createQuestionReader, type FieldQuestions } from './member-questions.js'
import type { OwnerFacts } from './owner-book.js'
import type { Fetch, Question } from './question.js'

export interface MemberCacheOptions extends FetchOptions {
  readonly cache: AnswerCache
  /** Whose data a member's is and where it may be; undefined for a member without a policy. */
  readonly ownerOf: (member: RegisteredMember) => OwnerFacts | undefined
}

/**
 * Keeps each member's pages and entities, one by one and never the merged list: a list in which one member failed must
 * not live on. Stands between the fan-out and the members, so it works the same for every router.
 */
export function createMemberCache(options: MemberCacheOptions): CreateMemberAsker {
  const { cache, ownerOf } = options
  return (planning) => {
    const readQuestions = createQuestionReader(planning)

    /** A call taken apart is not taken apart again when it turns out that something has to be waited for. */
    const taken = new WeakMap<MemberCall, TakenCall>()

    function take(
      call: MemberCall,
      compiled: CompiledOperation,
      context: RequestContext,
    ): TakenCall {
      const known = taken.get(call)
      if (known !== undefined) return known
      const facts = ownerOf(call.entry.member)
      const read =
        facts === undefined
          ? undefined
          : readQuestions(call, compiled, { ...facts, varyHash: hashText(printHeaderKey(context)) })
      const kept: FieldQuestions[] = []
      const passed: {
        readonly field: FieldPlan
        readonly question: Question
        readonly reason: string
      }[] = []
      for (const one of read ?? []) {
        const [question] = one.questions
        const reason = question === undefined ? undefined : cache.reasonNotKept(question)
        if (question === undefined || reason === undefined) kept.push(one)
        else passed.push({ field: one.field, question, reason })
      }
      const made = { kept, passed }
      taken.set(call, made)
      return made
    }

    function askAtOnce(
      call: MemberCall,
      compiled: CompiledOperation,
      context: RequestContext,
    ): MemberAnswer | undefined {
      const { kept, passed } = take(call, compiled, context)
      if (passed.length > 0 || kept.length === 0) return undefined
      const [only] = kept
      const questions =
        kept.length === 1 && only !== undefined
          ? only.questions
          : kept.flatMap((one) => one.questions)
      const atOnce = cache.answerAtOnce(questions, context.cacheLog)
      if (atOnce === undefined) return undefined
      const { served, stands, note } = atOnce
      const standing = { stands, note: ({ cacheLog }: RequestContext) => note(cacheLog) }
      return { ...assembleAnswer(call, kept, served), standing }
    }

    async function ask(
      call: MemberCall,
      compiled: CompiledOperation,
      context: RequestContext,
    ): Promise<MemberAnswer> {
      const { kept, passed } = take(call, compiled, context)
      for (const { question, reason } of passed)
        cache.notePassed(question, reason, context.cacheLog)
      if (kept.length === 0) return askMember(call, call.fields, compiled, context)
      const fields = passed.map(({ field }) => field)
      const [answer, others] = await Promise.all([
        answerKept(call, kept, compiled, context),
        fields.length === 0 ? undefined : askMember(call, fields, compiled, context),
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
      return assembleAnswer(call, kept, served)
    }

    return { answersForUnreachable: true, askAtOnce, ask } satisfies MemberAsker
  }
}

/** What of a call may be kept, and what is asked every time. */
interface TakenCall {
  readonly kept: readonly FieldQuestions[]
  readonly passed: readonly {
    readonly field: FieldPlan
    readonly question: Question
    readonly reason: string
  }[]
}

function toLeftOutError({ leftOut }: MemberCall): HubError {
  return new HubError('SUBGRAPH_UNREACHABLE', { message: leftOut?.reason ?? '' })
}
