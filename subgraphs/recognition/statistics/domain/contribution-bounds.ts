/**
 * What one learner may contribute to one published figure at most. Bounded so that nobody's whole contribution is larger
 * than what rounding hides: whoever earns thirty awards moves the figure no more than whoever earns three.
 */
export const contributionBounds = {
  /** Awards (or journeys, requests) of one learner in one cell. */
  units: 3,
  /** Thousandths of ECTS of one learner in one cell. */
  ectsThousandths: 15_000,
} as const
