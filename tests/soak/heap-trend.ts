/** A measured size at a time. */
export interface HeapPoint {
  readonly atMs: number
  readonly bytes: number
}

/**
 * Slope of the least-squares line through the points, in bytes per minute; 0 for fewer than two points in time.
 */
export function toSlope(points: readonly HeapPoint[]): number {
  const count = points.length
  if (count < 2) return 0
  const meanAt = points.reduce((sum, { atMs }) => sum + atMs, 0) / count
  const meanBytes = points.reduce((sum, { bytes }) => sum + bytes, 0) / count
  let covariance = 0
  let variance = 0
  for (const { atMs, bytes } of points) {
    covariance += (atMs - meanAt) * (bytes - meanBytes)
    variance += (atMs - meanAt) ** 2
  }
  return variance === 0 ? 0 : (covariance / variance) * 60_000
}
