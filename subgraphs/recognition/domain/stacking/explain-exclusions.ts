import { outBit, type SelectionProblem } from './selection-problem.js'
import type { ExcludedAward, ExclusionReason, StackableAward } from './stack-evaluation.js'

/** Why each award that could count was left out, given those that count. */
export function explainExclusions(
  problem: SelectionProblem,
  choice: number[],
  countable: readonly StackableAward[],
): readonly ExcludedAward[] {
  return countable.flatMap((award, index) => {
    if (choice[index] !== outBit) return []
    const { id, microCredentialId } = award
    return [{ awardId: id, microCredentialId, reasons: reasonsFor(index) }]
  })

  function reasonsFor(index: number): readonly ExclusionReason[] {
    if (problem.awards[index]?.options === outBit) return [{ code: 'SERVES_NO_REQUIREMENT' }]
    const reasons = [...conflictReasons(index), ...capReasons(index)]
    return reasons.length > 0 ? reasons : [{ code: 'NOT_NEEDED' }]
  }

  function conflictReasons(index: number): ExclusionReason[] {
    return problem.conflicts.flatMap(({ one, other, limitId }): ExclusionReason[] => {
      if (one !== index && other !== index) return []
      const rival = one === index ? other : one
      const awardId = countable[rival]?.id
      if (awardId === undefined || choice[rival] === outBit) return []
      return limitId === null
        ? [{ code: 'SAME_AS', awardId }]
        : [{ code: 'OVERLAPS', limitId, awardId }]
    })
  }

  function capReasons(index: number): ExclusionReason[] {
    const own = problem.awards[index]?.ects ?? 0
    return (problem.awards[index]?.groups ?? []).flatMap((number): ExclusionReason[] => {
      const group = problem.groups[number]
      if (group === undefined) return []
      let taken = 0
      for (const member of group.members) {
        if (choice[member] !== outBit) taken += problem.awards[member]?.ects ?? 0
      }
      return taken + own > group.cap ? [{ code: 'LIMIT_REACHED', limitId: group.limitId }] : []
    })
  }
}
