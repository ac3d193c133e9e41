import type { ArgumentValues, GivenArguments } from './argument-values.js'
import type { ListSize } from './cost-model.js'

/** Rows of a list for the variables of one request. */
export type SizeReader = (variables: ArgumentValues) => number

/**
 * Reads how many rows a list will have: the largest of its slicing arguments, else the assumed size. A negative or absurd number
 * is for the subgraph to refuse; it must not make anything cheaper here.
 */
export function compileListSize(
  listSize: ListSize | undefined,
  given: GivenArguments,
  defaultListSize: number,
): SizeReader {
  const assumed = listSize?.assumedSize ?? defaultListSize
  const paths = (listSize?.slicingArguments ?? []).map((path) => path.split('.'))
  if (paths.length === 0) return () => assumed
  return (variables) => {
    const values = given.read(variables)
    let size: number | undefined
    for (const path of paths) {
      const value = readPath(values, path)
      if (typeof value === 'number' && value >= (size ?? 0)) size = value
      // A list of ids, say: as many rows as it has entries.
      else if (Array.isArray(value)) size = Math.max(size ?? 0, value.length)
    }
    return size ?? assumed
  }
}

function readPath(values: ArgumentValues, path: readonly string[]): unknown {
  let value: unknown = values
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}
