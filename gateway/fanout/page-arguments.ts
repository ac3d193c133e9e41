import { type CursorPosition, HubError, parseCursor } from '../../schema/index.js'

/** Relay's paging arguments, read. */
export interface PageArguments {
  readonly size: number
  readonly isBackward: boolean
  readonly after: CursorPosition | null
  readonly before: CursorPosition | null
}

/** Rows of a page when neither `first` nor `last` is given; the contract's value, members use the same. */
export const defaultPageSize = 20
/** Most rows of a page; the contract's value. */
export const maximumPageSize = 100

/**
 * Reads `first`, `last`, `after` and `before` of a connection.
 *
 * @throws HubError `PAGE_SIZE_INVALID` or `CURSOR_INVALID`; thirteen members would only say the same thirteen times.
 */
export function readPageArguments(values: Readonly<Record<string, unknown>>): PageArguments {
  const { first, last } = values
  if (typeof first === 'number' && typeof last === 'number') {
    throw new HubError('PAGE_SIZE_INVALID', { message: 'first and last cannot be given together' })
  }
  const isBackward = typeof last === 'number'
  const given = isBackward ? last : first
  const size = typeof given === 'number' ? given : defaultPageSize
  if (size < 0 || size > maximumPageSize) {
    const message = `${isBackward ? 'last' : 'first'} ${size} is not between 0 and ${maximumPageSize}`
    throw new HubError('PAGE_SIZE_INVALID', { message, limit: maximumPageSize, value: size })
  }
  const after = readCursor('after', values.after)
  const before = readCursor('before', values.before)
  if (after !== null && before !== null && !isSameOrder(after, before)) {
    throw new HubError('CURSOR_INVALID', { message: 'after and before are of different orders' })
  }
  return { size, isBackward, after, before }
}

/** Whether two positions can be compared. */
export function isSameOrder(left: CursorPosition, right: CursorPosition): boolean {
  return left.order === right.order && left.direction === right.direction
}

function readCursor(name: string, value: unknown): CursorPosition | null {
  if (typeof value !== 'string') return null
  const position = parseCursor(value)
  if (position !== null) return position
  throw new HubError('CURSOR_INVALID', { message: `${name} is not a cursor made by this API` })
}
