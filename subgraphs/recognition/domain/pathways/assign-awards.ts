import type { PathwayStep } from '../learning-pathway.js'
import type { PathwayFacts } from './pathway-progress.js'

type PathwayAward = PathwayFacts['awards'][number]

/**
 * The awards that serve each step, in the order of the steps: every award at most once, every opportunity at most once
 * per step, and as many places filled as can be, which required and early steps get first.
 *
 * Augmenting paths: a step may take an award from another one that finds a different one, so that no step goes without
 * only because of the order in which they were looked at.
 */
export function assignAwards(
  steps: readonly PathwayStep[],
  awards: readonly PathwayAward[],
): readonly (readonly PathwayAward[])[] {
  const firstOf = new Map<string, PathwayAward>()
  for (const award of [...awards].sort(byAwarding)) {
    // A course taken twice was still one course.
    if (!firstOf.has(award.opportunityId)) firstOf.set(award.opportunityId, award)
  }
  const holder = new Map<string, number>()
  const order = [...steps.keys()].sort(
    (a, b) => Number(steps[b]?.required ?? false) - Number(steps[a]?.required ?? false) || a - b,
  )
  for (const index of order) {
    for (let place = 0; place < (steps[index]?.chooseAtLeast ?? 0); place += 1) {
      if (!findPlace(index, new Set())) break
    }
  }
  return steps.map((_, index) =>
    [...firstOf.values()].filter(({ opportunityId }) => holder.get(opportunityId) === index),
  )

  function findPlace(step: number, seen: Set<string>): boolean {
    for (const id of steps[step]?.opportunityIds ?? []) {
      if (!firstOf.has(id) || seen.has(id) || holder.get(id) === step) continue
      seen.add(id)
      const other = holder.get(id)
      if (other === undefined || findPlace(other, seen)) {
        holder.set(id, step)
        return true
      }
    }
    return false
  }
}

function byAwarding(a: PathwayAward, b: PathwayAward): number {
  if (a.awardedOn !== b.awardedOn) return a.awardedOn < b.awardedOn ? -1 : 1
  return a.id < b.id ? -1 : 1
}
