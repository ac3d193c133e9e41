import { type CursorPosition, toCursor } from '../../../schema/index.js'
import { type Page, type PageArguments, readPageSize } from '../domain/page.js'
import type { SqlQuery } from './catalogue-database.js'
import { type CatalogueOrder, readCursor, toKeySql } from './catalogue-order.js'
import type { CatalogueTable, FilterSql } from './filter-conditions.js'
import type { SqlParameters } from './sql-parameters.js'

interface KeyedRow<Node> {
  readonly id: string
  readonly key: string | number
  readonly record: Node
  readonly has_before: boolean
  readonly has_after: boolean
}

/**
 * Reads one page in one statement: the rows between the cursors, one more than asked to see whether there are more,
 * and whether anything matches outside the cursors.
 *
 * @throws HubError `PAGE_SIZE_INVALID`, `CURSOR_INVALID`, `DATABASE_UNAVAILABLE`.
 */
export async function readPage<Node>(
  query: SqlQuery,
  table: CatalogueTable,
  filter: FilterSql,
  order: CatalogueOrder,
  page: PageArguments,
  parameters: SqlParameters,
): Promise<Page<Node>> {
  const { size, backward } = readPageSize(page)
  const key = toKeySql(order, filter.rank)
  const ascending = order.direction === 'ASC'
  const compare = (position: CursorPosition, sign: '<' | '>') => {
    const type = typeof position.keys[0] === 'number' ? 'bigint' : 'text'
    const operator = ascending ? sign : sign === '<' ? '>' : '<'
    return `(${key}, id) ${operator} (${parameters.add(position.keys[0])}::${type}, ${parameters.add(position.id)}::text)`
  }
  const after = page.after ? compare(readCursor(page.after, order), '>') : null
  const before = page.before ? compare(readCursor(page.before, order), '<') : null
  const within = [filter.where, after, before].filter((part) => part !== null).join(' and ')
  const direction = ascending !== backward ? 'asc' : 'desc'
  // A side without a cursor has nothing outside it; the row at the cursor itself counts as outside.
  const outside = (side: string | null) =>
    side === null
      ? 'false'
      : `exists (select 1 from ${table} where (${filter.where}) and not (${side}))`
  const rows = await query<KeyedRow<Node> | { id: null; has_before: boolean; has_after: boolean }>(
    `with page as (
       select id, ${key} as key, record from ${table} where ${within}
       order by key ${direction}, id ${direction} limit ${size + 1}
     )
     select page.*, ${outside(after)} as has_before, ${outside(before)} as has_after
     from (select 1) as always left join page on true
     order by page.key ${direction}, page.id ${direction}`,
    parameters.values,
  )
  const found = rows.filter((row): row is KeyedRow<Node> => row.id !== null)
  const overflows = found.length > size
  const kept = found.slice(0, size)
  if (backward) kept.reverse()
  const hasBefore = rows[0]?.has_before ?? false
  const hasAfter = rows[0]?.has_after ?? false
  return {
    edges: kept.map(({ id, key: value, record }) => ({
      cursor: toCursor({ order: order.field, direction: order.direction, keys: [value], id }),
      node: record,
    })),
    hasNextPage: hasAfter || (!backward && overflows),
    hasPreviousPage: hasBefore || (backward && overflows),
  }
}
