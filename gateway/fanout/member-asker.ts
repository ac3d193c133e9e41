import type { RequestContext } from '../engine/request-context.js'
import type { CompiledOperation } from './compile-operation.js'
import type { MemberAnswer } from './member-answer.js'
import type { CallPlanning, MemberCall } from './plan-calls.js'

/** Gets one member's part of an operation: from the member, or from a cache before it. */
export interface MemberAsker {
  /** Whether it can answer for a member that is not asked; then such calls come to it, too. */
  readonly answersForUnreachable: boolean
  /** What is there already, without waiting; undefined when the call has to be made with `ask`. */
  askAtOnce?(
    call: MemberCall,
    compiled: CompiledOperation,
    context: RequestContext,
  ): MemberAnswer | undefined
  ask(call: MemberCall, compiled: CompiledOperation, context: RequestContext): Promise<MemberAnswer>
}

/** Makes the asker of one fan-out. */
export type CreateMemberAsker = (planning: CallPlanning) => MemberAsker

/** Asks the members themselves. */
export const askDirectly: CreateMemberAsker = () => ({
  answersForUnreachable: false,
  ask: ({ entry, request }, _compiled, context) => entry.client.execute(request, context),
})
