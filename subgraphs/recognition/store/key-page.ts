import { HubError, parseCursor, toCursor } from '../../../schema/index.js'
import { defaultPageSize, maximumPageSize, type Page, type PageArguments } from './title-page.js'

/** A page still to be read: rows after a place in the order of one text key, then id. */
export interface KeyPageRequest {
  readonly size: number
  readonly after: { readonly key: string; readonly id: string } | null
}

/**
 * Reads paging arguments of a list in the order named.
 *
 * @throws HubError `PAGE_SIZE_INVALID`, `CURSOR_INVALID`.
 */
export function readKeyPageRequest(order: string, { first, after }: PageArguments): KeyPageRequest {
  const size = first ?? defaultPageSize
  if (size < 0 || size > maximumPageSize) {
    throw new HubError('PAGE_SIZE_INVALID', {
      message: `first ${size} is not between 0 and ${maximumPageSize}`,
      limit: maximumPageSize,
      value: size,
    })
  }
  if (!after) return { size, after: null }
  const position = parseCursor(after)
  const key = position?.keys[0]
  // NUL cannot be stored in Postgres, so no cursor of ours holds one.
  if (
    position?.order !== order ||
    typeof key !== 'string' ||
    `${key}${position.id}`.includes('\0')
  ) {
    throw new HubError('CURSOR_INVALID', { message: 'after is not a cursor of this connection' })
  }
  return { size, after: { key, id: position.id } }
}

/** The page of rows that were read with one more than its size. */
export function toKeyPage<Node extends { readonly id: string }>(
  order: string,
  rows: readonly Node[],
  keyOf: (node: Node) => string,
  {
    size,
    totalCount,
    hasPreviousPage,
  }: {
    readonly size: number
    readonly totalCount: number
    readonly hasPreviousPage: boolean
  },
): Page<Node> {
  return {
    totalCount,
    edges: rows.slice(0, size).map((node) => ({
      cursor: toCursor({ order, direction: 'ASC', keys: [keyOf(node)], id: node.id }),
      node,
    })),
    hasNextPage: rows.length > size,
    hasPreviousPage,
  }
}
