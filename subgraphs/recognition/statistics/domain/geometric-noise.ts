/**
 * A whole number from the two-sided geometric distribution, P(k) ∝ exp(−|k| / scale): the discrete Laplace mechanism.
 *
 * @param unit - Where in the distribution, 0 up to, not with, 1.
 * @param scale - Sensitivity over ε, more than 0.
 * @see Ghosh, Roughgarden, Sundararajan: Universally utility-maximizing privacy mechanisms (2009)
 */
export function geometricNoise(unit: number, scale: number): number {
  const ratio = Math.exp(-1 / scale)
  const atZero = (1 - ratio) / (1 + ratio)
  // The middle is 0; the rest is shared by both sides, and mirrored.
  const side = (1 - atZero) / 2
  if (unit >= side && unit < side + atZero) return 0
  const tail = unit < side ? unit / side : (unit - side - atZero) / side
  // P(|k| > m) = ratio^m on each side: invert it. A tail of 0 would be infinitely far.
  const distance = 1 + Math.floor(Math.log(Math.max(1 - tail, 2 ** -48)) / Math.log(ratio))
  return unit < side ? -distance : distance
}

/** ε a year has spent once these tables are out: sequential composition, the sum. Releasing the same table again is free. */
export function spentEpsilon(tables: ReadonlySet<string>, epsilonPerTable: number): number {
  return tables.size * epsilonPerTable
}
