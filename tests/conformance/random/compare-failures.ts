import type { ExecutionResult } from 'graphql'

type ErrorPath = readonly (string | number)[]

/** The three answers to one operation with faults in its data. */
export interface FaultyAnswers {
  /** Local execution: the data every gateway must answer. */
  readonly local: ExecutionResult
  /** Local execution with every type nullable: its errors are all positions where something fails. */
  readonly everyFault: ExecutionResult
  readonly engine: {
    readonly data?: unknown
    readonly errors?: readonly { readonly path?: ErrorPath | undefined }[]
  }
}

/**
 * Says how the engine's answer breaks what the specification determines; undefined when it does not.
 *
 * - Data is the same, key order included.
 * - Each null that an error explains is explained on both sides: error paths, cut where the data ends in a null, are the same
 *   set. Below such a null the specification leaves open which of several failures is reported (6.4.4).
 *   One exception, which is ours: where the planner asks an object for more than its type selects and that fails, the error
 *   stands at the object if one of its fields is null, for it may be the reason (`settle-errors.ts`).
 * - Every error at a place that is still there has the path of a field that fails; none is made up, and no path comes twice.
 */
export function compareFailures({ local, everyFault, engine }: FaultyAnswers): string | undefined {
  const expected = JSON.stringify(local.data ?? null)
  const given = JSON.stringify(engine.data ?? null)
  if (given !== expected) return `expected ${expected}\nbut got  ${given}`
  const wanted = visiblePaths(local.errors ?? [], local.data)
  const reported = visiblePaths(engine.errors ?? [], local.data)
  const missing = [...wanted].filter((path) => !reported.has(path))
  if (missing.length > 0) return `no error for ${missing.join(' ')}`
  const surplus = [...reported].filter(
    (path) => !wanted.has(path) && !hasNullField(path, local.data),
  )
  if (surplus.length > 0)
    return `errors for ${surplus.join(' ')}, where nothing is null for an error`
  const faults = new Set((everyFault.errors ?? []).map(({ path }) => JSON.stringify(path)))
  const paths = (engine.errors ?? []).map(({ path }) => JSON.stringify(path))
  const invented = paths.filter(
    (path) => reported.has(path) && !faults.has(path) && !hasNullField(path, local.data),
  )
  if (invented.length > 0) return `errors where nothing fails: ${invented.join(' ')}`
  const twice = paths.filter((path, index) => paths.indexOf(path) !== index)
  return twice.length > 0 ? `more than one error for ${twice.join(' ')}` : undefined
}

function visiblePaths(
  errors: readonly { readonly path?: ErrorPath | undefined }[],
  data: unknown,
): ReadonlySet<string> {
  return new Set(errors.map(({ path }) => JSON.stringify(cutAtNull(path ?? [], data))))
}

function hasNullField(printedPath: string, data: unknown): boolean {
  let value = data
  for (const key of JSON.parse(printedPath) as ErrorPath) {
    value = (value as Record<string | number, unknown> | null)?.[key]
  }
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
  return isObject && Object.values(value ?? {}).includes(null)
}

/** The path as far as there is data; it ends with the first null. */
function cutAtNull(path: ErrorPath, data: unknown): ErrorPath {
  let value = data
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth)
    value = (value as Record<string | number, unknown>)[key]
  }
  return path
}
