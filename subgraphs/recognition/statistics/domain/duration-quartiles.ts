/** How many took how many completed weeks. */
export interface WeekCount {
  readonly weeks: number
  readonly units: number
}

/** Quartiles in completed weeks. */
export interface Quartiles {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/**
 * Quartiles of a distribution by week: the smallest number of weeks that at least a quarter, half, three quarters stayed
 * within (nearest rank, as Postgres' `percentile_disc`). Null for nobody.
 */
export function quartilesOf(counts: readonly WeekCount[]): Quartiles | null {
  const sorted = counts.filter(({ units }) => units > 0).sort((a, b) => a.weeks - b.weeks)
  const total = sorted.reduce((sum, { units }) => sum + units, 0)
  if (total === 0) return null
  const rank = (share: number): number => {
    const needed = Math.ceil(share * total)
    let seen = 0
    for (const { weeks, units } of sorted) {
      seen += units
      if (seen >= needed) return weeks
    }
    return sorted.at(-1)?.weeks ?? 0
  }
  return { lower: rank(0.25), median: rank(0.5), upper: rank(0.75) }
}
