import type { MemberOutcome } from '../../schema/index.js'
import type { OpenRequest } from './requests-in-flight.js'

/** What the hub says about how it got an answer. */
export interface AnswerExtensions {
  readonly hub: { readonly requestId: string; readonly members: readonly MemberOutcome[] }
}

/** `extensions` of an answer: how every member took part; undefined when none was asked. */
export function toAnswerExtensions(context: OpenRequest): AnswerExtensions | undefined {
  const members = context.outcomesIfAny?.list() ?? []
  return members.length === 0 ? undefined : { hub: { requestId: context.requestId, members } }
}
