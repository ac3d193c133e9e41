import type { MemberOutcome } from '../../schema/index.js'
import type { CacheNote } from '../engine/cache-log.js'
import type { OpenRequest } from './requests-in-flight.js'

/** How one part of an answer came about, for who asks. */
export type CacheExplanation = Pick<
  CacheNote,
  'member' | 'subject' | 'status' | 'ageSeconds' | 'reason'
>

/** What the hub says about how it got an answer. */
export interface AnswerExtensions {
  readonly hub: {
    /** Missing from answers that others may get, too. */
    readonly requestId?: string
    readonly members: readonly MemberOutcome[]
    readonly cache?: readonly CacheExplanation[]
  }
}

/** `extensions` of an answer: how every member took part; undefined when there is nothing to say. */
export function toAnswerExtensions(context: OpenRequest): AnswerExtensions | undefined {
  const members = context.outcomesIfAny?.list() ?? []
  const cache = context.isExplained ? context.cacheLog.list().map(toExplanation) : undefined
  if (members.length === 0 && cache === undefined) return undefined
  // Of what many get the bytes depend on the data alone: then equal data have one ETag, whenever they were fetched. What
  // somebody gets who has shown who they are is nobody else's, whatever is in it.
  const isForMany = context.principal.kind === 'anonymous' && context.sharing !== undefined
  if (isForMany) return { hub: { members: members.map(withoutTime) } }
  return { hub: { requestId: context.requestId, members, ...(cache && { cache }) } }
}

/** How a member took part, whenever it was. */
export function withoutTime({ tookMs: _, ...outcome }: MemberOutcome): MemberOutcome {
  return outcome
}

function toExplanation({ member, subject, status, ageSeconds, reason }: CacheNote) {
  return { member, subject, status, ageSeconds, ...(reason !== undefined && { reason }) }
}
