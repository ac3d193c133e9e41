import type { CellNoise } from './cell-key.js'
import { type DisclosurePolicy, isCertainlyAtLeast } from './disclosure-policy.js'
import { roundTo } from './publish-count.js'
import { type ExactCell, hidden, type PublishedCell, shown } from './published-cell.js'

/**
 * A share of two published counts, in whole per cent. Made of what is public anyway, so it tells nothing more.
 *
 * Hidden unless the published denominator alone says that the norm's minimum of persons is met: a decision on the true
 * number would tell on which side of the minimum it lies.
 */
export function publishShare(
  policy: DisclosurePolicy,
  numerator: number,
  denominator: number,
): PublishedCell {
  if (!isCertainlyAtLeast(policy, denominator, policy.shareMinimum)) return hidden('FEW_PERSONS')
  return shown(Math.min(100, roundTo((100 * numerator) / denominator, 1)))
}

/** How many persons a median stands on, as published, and in the cells it is part of. */
export interface MedianBasis {
  readonly publishedCount: number
  /** Published counts of the cells around it: one dimension less, or the next longer period. */
  readonly publishedParents: readonly number[]
}

/**
 * Whether medians and quartiles of a cell may be shown; null when they may. Secondary: the rest of a larger cell has to be
 * large enough, too, or both medians together would be about the few in between.
 */
export function medianSuppression(
  policy: DisclosurePolicy,
  { publishedCount, publishedParents }: MedianBasis,
): PublishedCell | null {
  if (policy.differentialPrivacy) return hidden('NOT_IN_THIS_POLICY')
  const enough = policy.averageMaximumHidden + 1
  if (!isCertainlyAtLeast(policy, publishedCount, enough)) return hidden('FEW_PERSONS')
  // Two published counts: their difference may be off by both.
  const isRestLarge = publishedParents.every((parent) => {
    const rest = parent - publishedCount
    return isCertainlyAtLeast(policy, rest - policy.roundingBase, enough)
  })
  return isRestLarge ? null : hidden('SECONDARY')
}

/** A sum of ECTS credits, bounded for each person, with noise of the cell and rounded. */
export function publishEcts(
  policy: DisclosurePolicy,
  noise: CellNoise,
  cell: string,
  exact: ExactCell,
  publishedPersons: number,
): PublishedCell {
  if (policy.differentialPrivacy) return hidden('NOT_IN_THIS_POLICY')
  if (!isCertainlyAtLeast(policy, publishedPersons, policy.averageMaximumHidden + 1)) {
    return hidden('FEW_PERSONS')
  }
  if (mayBeDominated(policy, exact)) return hidden('DOMINANCE')
  const base = policy.ectsRoundingBase
  const step = base / policy.roundingBase
  const moved = exact.boundedEcts / 1000 + step * noise.uniform(`ects|${cell}`, policy.perturbation)
  return shown(Math.max(0, roundTo(moved, base)))
}

/**
 * Whether one person might hold too large a share: nobody holds more than the root of the sum of squares, which adds up
 * over persons where a maximum does not.
 */
function mayBeDominated(policy: DisclosurePolicy, { ects, squaredEcts }: ExactCell): boolean {
  return Math.sqrt(squaredEcts) > policy.dominanceShare * ects
}
