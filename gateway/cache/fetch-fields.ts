import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import type { CompiledOperation } from '../fanout/compile-operation.js'
import { verifyEntities } from '../fanout/entity-shares.js'
import { MemberFault } from '../fanout/member-answer.js'
import { mergeField } from '../fanout/merge-field.js'
import { type CallPlanning, type MemberCall, narrowRequest } from '../fanout/plan-calls.js'
import type { FieldPlan } from '../fanout/plan-request.js'
import { copyJson } from '../transport/copy-json.js'
import { detachContext } from './detach-context.js'
import { type FieldQuestions, narrowField } from './member-questions.js'
import type { Fetched } from './question.js'
import { errorsBelow, errorsIn } from './relative-errors.js'

export interface FetchOptions {
  /** Longest that a shared fetch takes, whoever waits for it. */
  readonly memberTimeoutMs: number
  readonly now: () => number
}

/** Fetches some questions of some fields in one call, and tells the answers apart again. */
export async function fetchFields(
  planning: CallPlanning,
  { memberTimeoutMs, now }: FetchOptions,
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
