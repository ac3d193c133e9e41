import type { EntityName, FilterQuery, QueryOrderMap } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { type Page, type PageRequest, type TitlePosition, toTitleCursor } from './title-page.js'

/** What an entity needs to be paged in the order of titles. */
interface TitledRow<Document> extends TitlePosition {
  readonly document: Document
}

/** Reads one page in the order TITLE and counts all rows that meet the conditions: two statements, three after a cursor. */
export async function readTitlePage<Document, Row extends TitledRow<Document>>(
  em: EntityManager,
  entity: EntityName<Row & TitledRow<Document>>,
  conditions: readonly object[],
  { size, after }: PageRequest,
): Promise<Page<Document>> {
  const totalCount = await em.count(entity, toWhere<Row>(conditions))
  const countBefore = after
    ? await em.count(entity, toWhere<Row>([...conditions, { $not: isAfter(after) }]))
    : 0
  // One row more than the page tells whether there is a next one.
  const rows: readonly TitledRow<Document>[] = await em.find(
    entity,
    toWhere<Row>(after ? [...conditions, isAfter(after)] : conditions),
    { orderBy: titleOrder as QueryOrderMap<Row>, limit: size + 1 },
  )
  return {
    totalCount,
    edges: rows.slice(0, size).map((row) => ({ cursor: toTitleCursor(row), node: row.document })),
    hasNextPage: rows.length > size,
    hasPreviousPage: countBefore > 0,
  }
}

const titleOrder = { sortTitle: 'asc', id: 'asc' } as const

function isAfter({ sortTitle, id }: TitlePosition): object {
  return { $or: [{ sortTitle: { $gt: sortTitle } }, { sortTitle, id: { $gt: id } }] }
}

function toWhere<Row>(conditions: readonly object[]): FilterQuery<Row> {
  return (conditions.length === 0 ? {} : { $and: conditions }) as FilterQuery<Row>
}
