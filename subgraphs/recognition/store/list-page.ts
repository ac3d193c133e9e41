import { HubError, parseCursor, toCursor } from '../../../schema/index.js'
import { defaultPageSize, maximumPageSize, type Page, type PageArguments } from './title-page.js'

/**
 * A page of a list that was read as a whole, such as the records of one learner. The cursor names the row before the
 * page, so a row that was added meanwhile moves no other.
 *
 * @param order - Names the list in its cursors; those of another list are refused.
 * @throws HubError `PAGE_SIZE_INVALID`, `CURSOR_INVALID`.
 */
export function pageOfList<Node>(
  order: string,
  nodes: readonly Node[],
  keyOf: (node: Node) => string,
  { first, after }: PageArguments,
): Page<Node> {
  const size = first ?? defaultPageSize
  if (size < 0 || size > maximumPageSize) {
    throw new HubError('PAGE_SIZE_INVALID', {
      message: `first ${size} is not between 0 and ${maximumPageSize}`,
      limit: maximumPageSize,
      value: size,
    })
  }
  const start = after ? findStart(order, nodes, keyOf, after) : 0
  return {
    totalCount: nodes.length,
    edges: nodes
      .slice(start, start + size)
      .map((node) => ({ cursor: toListCursor(order, keyOf(node)), node })),
    hasNextPage: start + size < nodes.length,
    hasPreviousPage: start > 0,
  }
}

/** Prints the place of a row in a list. */
function toListCursor(order: string, id: string): string {
  return toCursor({ order, direction: 'ASC', keys: [], id })
}

function findStart<Node>(
  order: string,
  nodes: readonly Node[],
  keyOf: (node: Node) => string,
  cursor: string,
): number {
  const position = parseCursor(cursor)
  const place = nodes.findIndex((node) => keyOf(node) === position?.id)
  if (position?.order !== order || place < 0) {
    throw new HubError('CURSOR_INVALID', { message: 'after is not a cursor of this connection' })
  }
  return place + 1
}
