import { HubError, parseCursor, toCursor } from '../../../schema/index.js'

/** Relay's forward paging arguments as a client gave them. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** A page still to be read: rows after a position in the order of titles. */
export interface PageRequest {
  readonly size: number
  readonly after: TitlePosition | null
}

/** Position in the order TITLE: English title as sort text, then id, both by code point. */
export interface TitlePosition {
  readonly sortTitle: string
  readonly id: string
}

export interface Page<Node> {
  readonly totalCount: number
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export const defaultPageSize = 20
export const maximumPageSize = 100

/**
 * Reads paging arguments.
 *
 * @throws HubError `PAGE_SIZE_INVALID` when `first` is not within 0–100, `CURSOR_INVALID` when `after` is not a cursor
 * of this order.
 */
export function readPageRequest({ first, after }: PageArguments): PageRequest {
  const size = first ?? defaultPageSize
  if (size < 0 || size > maximumPageSize) {
    throw new HubError('PAGE_SIZE_INVALID', {
      message: `first ${size} is not between 0 and ${maximumPageSize}`,
      limit: maximumPageSize,
      value: size,
    })
  }
  return { size, after: after ? readPosition(after) : null }
}

/** Prints a position as a cursor. */
export function toTitleCursor({ sortTitle, id }: TitlePosition): string {
  return toCursor({ order: 'TITLE', direction: 'ASC', keys: [sortTitle], id })
}

function readPosition(cursor: string): TitlePosition {
  const position = parseCursor(cursor)
  const [sortTitle, ...more] = position?.keys ?? []
  const isOurs = position?.order === 'TITLE' && position.direction === 'ASC' && more.length === 0
  // NUL cannot be stored in Postgres, so no cursor of ours holds one.
  if (!isOurs || typeof sortTitle !== 'string' || `${sortTitle}${position.id}`.includes('\0')) {
    throw new HubError('CURSOR_INVALID', { message: 'after is not a cursor of this connection' })
  }
  return { sortTitle, id: position.id }
}
