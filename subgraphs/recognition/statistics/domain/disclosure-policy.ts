/**
 * What one publication lets out, as one object. Numbers are of persons unless said otherwise.
 *
 * @see infra/decisions/0020-statistics-disclosure.md
 */
export interface DisclosurePolicy {
  /** Stable name, quoted beside every figure. */
  readonly name: string
  readonly description: string
  /** Counts are rounded to multiples of this, halves up. HESA: 5. */
  readonly roundingBase: number
  /** Counts of so few are shown as 0. HESA: 0, 1 and 2. */
  readonly zeroUpTo: number
  /**
   * Whole numbers up to this far up or down are added before rounding, by the key of the cell. 3 makes the interval of a
   * published count exactly one base wide on either side; plain rounding (0) can be undone by marginals minus cells.
   */
  readonly perturbation: number
  /** Shares of fewer persons are hidden. HESA: 22.5. */
  readonly shareMinimum: number
  /** Medians and sums of this many persons or fewer are hidden. HESA: 7. */
  readonly averageMaximumHidden: number
  /** A sum is hidden when one person may hold more than this share of it. */
  readonly dominanceShare: number
  /** Sums of ECTS are rounded to multiples of this. */
  readonly ectsRoundingBase: number
  /** Chosen instead of rounding, for open publication; null for rounding. */
  readonly differentialPrivacy: DifferentialPrivacy | null
}

/** Pure ε-differential privacy by the two-sided geometric mechanism, for one learner in one reporting year. */
export interface DifferentialPrivacy {
  /** ε spent by each table released: one breakdown, population and period. */
  readonly epsilonPerTable: number
  /** ε of all tables of one reporting year together; what would exceed it is refused. */
  readonly epsilonPerYear: number
}

/** For analysts of the alliance: HESA's rounding, with noise under it that makes differences worthless. */
export const analystPolicy: DisclosurePolicy = Object.freeze({
  name: 'alliance-analyst-1',
  description:
    'Counts rounded to 5 after a perturbation of at most 3 that belongs to the cell; 0 to 2 shown as 0; shares of fewer than 22.5 and medians or sums of 7 or fewer persons hidden; sums that one person may dominate hidden.',
  roundingBase: 5,
  zeroUpTo: 2,
  perturbation: 3,
  shareMinimum: 22.5,
  averageMaximumHidden: 7,
  dominanceShare: 0.5,
  ectsRoundingBase: 25,
  differentialPrivacy: null,
})

/** For everybody: the same numbers as analysts get, of the tables that are marked as published. */
export const openPolicy: DisclosurePolicy = Object.freeze({
  ...analystPolicy,
  name: 'alliance-open-1',
})

/** For everybody, with a guarantee that no other knowledge weakens. Chosen by configuration. */
export const openPrivatePolicy: DisclosurePolicy = Object.freeze({
  ...analystPolicy,
  name: 'alliance-open-dp-1',
  description:
    'Counts with two-sided geometric noise of a published epsilon, the same whenever asked; an accountant refuses tables beyond the epsilon of the year. No medians, no sums.',
  differentialPrivacy: Object.freeze({ epsilonPerTable: 0.5, epsilonPerYear: 8 }),
})

/** Largest distance of a published count from the true one. */
export function reachOf(policy: DisclosurePolicy): number {
  return policy.perturbation + Math.floor(policy.roundingBase / 2)
}

/** Whether a published count says for certain that there are at least so many: the true count is never looked at again. */
export function isCertainlyAtLeast(
  policy: DisclosurePolicy,
  publishedCount: number,
  minimum: number,
): boolean {
  return publishedCount - reachOf(policy) >= minimum
}
