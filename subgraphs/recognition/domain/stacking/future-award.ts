import type { AwardId } from '../../../../schema/index.js'
import { assumedGrade } from './compile-condition.js'
import type { CompletionCandidate } from './completion.js'
import type { StackableAward } from './stack-evaluation.js'

/** A candidate as the award it would become: valid, with whatever grade is asked for. */
export function toFutureAward(candidate: CompletionCandidate, index: number): StackableAward {
  const { expectedOn, ...rest } = candidate
  return {
    ...rest,
    // Only to be told apart from one another and from what is held; no answer carries it.
    id: `candidate ${index} ${candidate.opportunityId}` as unknown as AwardId,
    awardedOn: expectedOn,
    grade: assumedGrade,
    status: 'VALID',
    supersededBy: null,
  }
}
