import { explainChange, type StackChange } from '../domain/stacking/compare-evaluations.js'
import type { StackDifferenceType } from './stack-progress.type.js'

/** A point in which a stack changed as the API shows it. */
export function toStackDifference(change: StackChange): StackDifferenceType {
  return {
    code: change.code,
    awardId: 'awardId' in change ? change.awardId : null,
    requirementId: 'requirementId' in change ? change.requirementId : null,
    reasons: 'reasons' in change ? change.reasons.map(({ code }) => code) : [],
    sentence: explainChange(change),
  }
}
