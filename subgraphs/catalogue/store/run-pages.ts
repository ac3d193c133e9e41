import { toCursor } from '../../../schema/index.js'
import type { Offering } from '../domain/catalogue-view.js'
import { type Page, type PageArguments, readPageSize } from '../domain/page.js'
import type { SqlQuery } from './catalogue-database.js'
import { type CatalogueOrder, readCursor } from './catalogue-order.js'
import { createSqlParameters } from './sql-parameters.js'

interface RunRow {
  readonly parent: string
  readonly id: string | null
  readonly key: string
  readonly record: Offering
  readonly has_before: boolean
}

const order: CatalogueOrder = { field: 'START_DATE', direction: 'ASC' }

/**
 * The same page of the runs of several opportunities, in one statement, by start date.
 *
 * @throws HubError `PAGE_SIZE_INVALID`, `CURSOR_INVALID`, `DATABASE_UNAVAILABLE`.
 */
export async function readRunPages(
  query: SqlQuery,
  opportunityIds: readonly string[],
  page: Pick<PageArguments, 'first' | 'after'>,
): Promise<ReadonlyMap<string, Page<Offering>>> {
  const { size } = readPageSize(page)
  const parameters = createSqlParameters()
  const parents = parameters.add(opportunityIds)
  const position = page.after ? readCursor(page.after, order) : null
  const after =
    position === null
      ? 'true'
      : `(start_sort, id) > (${parameters.add(position.keys[0])}::text, ${parameters.add(position.id)}::text)`
  const rows = await query<RunRow>(
    `select parent, run.id, run.key, run.record,
       exists (select 1 from offering where opportunity_id = parent and not (${after})) as has_before
     from unnest(${parents}::text[]) as parent left join lateral (
       select id, start_sort as key, record from offering where opportunity_id = parent and ${after}
       order by start_sort, id limit ${size + 1}
     ) as run on true
     order by parent, run.key, run.id`,
    parameters.values,
  )
  return new Map(
    opportunityIds.map((opportunityId) => {
      const own = rows.filter((row) => row.parent === opportunityId)
      const found = own.filter((row) => row.id !== null)
      return [
        opportunityId,
        {
          edges: found.slice(0, size).map(({ id, key, record }) => ({
            cursor: toCursor({
              order: order.field,
              direction: order.direction,
              keys: [key],
              id: id ?? '',
            }),
            node: record,
          })),
          hasNextPage: found.length > size,
          hasPreviousPage: own[0]?.has_before ?? false,
        },
      ]
    }),
  )
}
