import {
  type CursorPosition,
  HubError,
  type OrderDirection,
  parseCursor,
} from '../../../schema/index.js'
import type { OrderField } from '../domain/catalogue-filter.js'
import type { CatalogueTable } from './filter-conditions.js'

/** An order as it is carried out: which key, which way. */
export interface CatalogueOrder {
  readonly field: OrderField
  readonly direction: OrderDirection
}

/** What a client asked for; the direction defaults to ascending. */
export interface OrderArgument {
  readonly field: OrderField
  readonly direction?: OrderDirection | null
}

/**
 * The order to use. Without one asked for: by relevance when there is a search text, else runs by start date and
 * opportunities by title. Relevance without a text has no meaning and falls back to the same default; with one it is
 * always best first.
 */
export function chooseOrder(
  asked: OrderArgument | null | undefined,
  table: CatalogueTable,
  hasText: boolean,
): CatalogueOrder {
  if (asked && asked.field !== 'RELEVANCE') {
    return { field: asked.field, direction: asked.direction ?? 'ASC' }
  }
  if (hasText) return { field: 'RELEVANCE', direction: 'DESC' }
  return { field: table === 'offering' ? 'START_DATE' : 'TITLE', direction: 'ASC' }
}

/** The SQL expression of an order's key. */
export function toKeySql(order: CatalogueOrder, rank: string | null): string {
  switch (order.field) {
    case 'RELEVANCE':
      return rank ?? '0'
    case 'START_DATE':
      return 'start_sort'
    case 'TITLE':
      return 'title_sort'
    case 'ECTS':
      return 'ects_sort'
  }
}

/**
 * Reads a cursor made for this order; it may come from any member.
 *
 * @throws HubError `CURSOR_INVALID` when it is not one of ours, or was made for another order.
 */
export function readCursor(cursor: string, order: CatalogueOrder): CursorPosition {
  const position = parseCursor(cursor)
  if (position === null) throw new HubError('CURSOR_INVALID')
  if (position.order !== order.field || position.direction !== order.direction) {
    throw new HubError('CURSOR_INVALID', {
      message: `the cursor is of the order ${position.order} ${position.direction}, the request of ${order.field} ${order.direction}`,
    })
  }
  const [key] = position.keys
  const isNumeric = order.field === 'RELEVANCE' || order.field === 'ECTS'
  const fits = isNumeric ? typeof key === 'number' : typeof key === 'string' && !key.includes('\0')
  if (position.keys.length !== 1 || !fits || position.id.includes('\0')) {
    throw new HubError('CURSOR_INVALID')
  }
  return position
}
