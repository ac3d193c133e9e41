/** Operations per graph, from HUB_RANDOM_OPERATIONS, and the first seed, from HUB_RANDOM_SEED. */
export function readRandomCount(fallback: number): {
  readonly count: number
  readonly firstSeed: number
} {
  const { HUB_RANDOM_OPERATIONS: count, HUB_RANDOM_SEED: seed } = process.env
  return { count: toInteger(count, fallback), firstSeed: toInteger(seed, 1) }
}

function toInteger(text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`'${text}' is no positive integer`)
  return value
}
