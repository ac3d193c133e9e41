import { compareCodePoints } from './code-point-order.js'

export type OrderDirection = 'ASC' | 'DESC'

/**
 * A keyset position in one total order: the sort-key values of a row, then its id.
 * The same everywhere, so the page after it can be asked of any member without per-member state.
 */
export interface CursorPosition {
  /** Name of the order, e.g. `START_DATE`. */
  readonly order: string
  readonly direction: OrderDirection
  /** Sort-key values. Numbers are integers; strings compare by code point. Never null: the order maps null to a value. */
  readonly keys: readonly (string | number)[]
  readonly id: string
}

const version = 1
const maximumLength = 2_048
/** Decoded into, then read, in one go: a page of thirteen members has 260 cursors, and a buffer for each costs as much as reading it. */
const scratch = Buffer.allocUnsafeSlow(maximumLength)

/** Prints a position as an opaque cursor: base64url of a versioned JSON array. */
export function toCursor(position: CursorPosition): string {
  const { order, direction, keys, id } = position
  return Buffer.from(JSON.stringify([version, order, direction, keys, id])).toString('base64url')
}

/** The position a cursor stands for, or null when it is not one of ours (or from an unknown version). */
export function parseCursor(cursor: string): CursorPosition | null {
  if (cursor.length === 0 || cursor.length > maximumLength) return null
  let parsed: unknown
  try {
    parsed = JSON.parse(scratch.toString('utf8', 0, scratch.write(cursor, 'base64url')))
  } catch {
    return null
  }
  if (!Array.isArray(parsed) || parsed.length !== 5) return null
  const [readVersion, order, direction, keys, id] = parsed as unknown[]
  if (readVersion !== version || typeof order !== 'string' || typeof id !== 'string') return null
  if (direction !== 'ASC' && direction !== 'DESC') return null
  if (!Array.isArray(keys) || !keys.every(isSortKey)) return null
  return { order, direction, keys, id }
}

/**
 * Compares two positions of the same order: negative when `left` comes first.
 * DESC is the exact mirror of ASC, the id included, so paging backwards is paging the mirrored order forwards.
 *
 * @throws RangeError when the positions belong to different orders (a bug in the caller).
 */
export function comparePositions(left: CursorPosition, right: CursorPosition): number {
  if (left.order !== right.order || left.direction !== right.direction) {
    throw new RangeError(
      `cannot compare positions of ${left.order} ${left.direction} and ${right.order} ${right.direction}`,
    )
  }
  const sign = left.direction === 'ASC' ? 1 : -1
  const length = Math.max(left.keys.length, right.keys.length)
  for (let index = 0; index < length; index += 1) {
    const order = compareKeys(left.keys[index], right.keys[index])
    if (order !== 0) return sign * order
  }
  return sign * compareCodePoints(left.id, right.id)
}

function compareKeys(
  left: string | number | undefined,
  right: string | number | undefined,
): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return compareCodePoints(String(left), String(right))
}

function isSortKey(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value))
}
