import type { CatalogueFacets, CatalogueFilter, FacetSubject } from '../domain/catalogue-filter.js'
import type { Offering, Opportunity } from '../domain/catalogue-view.js'
import { type Page, type PageArguments, readPageSize } from '../domain/page.js'
import type { SqlQuery } from './catalogue-database.js'
import { chooseOrder, type OrderArgument, readCursor } from './catalogue-order.js'
import { noFacets, readFacets } from './facet-query.js'
import {
  buildFilterSql,
  type CatalogueTable,
  type FilterContext,
  isMemberIncluded,
} from './filter-conditions.js'
import { readPage } from './page-query.js'
import { readRunPages } from './run-pages.js'
import { createSqlParameters } from './sql-parameters.js'

/** What a page of the catalogue is asked by. */
export interface PageRequest {
  readonly filter: CatalogueFilter
  readonly orderBy?: OrderArgument | null
  readonly page: PageArguments
}

/** A member's catalogue as it is read. Every method throws HubError `DATABASE_UNAVAILABLE` when the database is away. */
export interface CatalogueReader {
  /** @throws HubError `PAGE_SIZE_INVALID` or `CURSOR_INVALID`. */
  pageOfferings(request: PageRequest): Promise<Page<Offering>>
  /** @throws HubError `PAGE_SIZE_INVALID` or `CURSOR_INVALID`. */
  pageOpportunities(request: PageRequest): Promise<Page<Opportunity>>
  countOfferings(filter: CatalogueFilter): Promise<number>
  countOpportunities(filter: CatalogueFilter): Promise<number>
  readFacets(filter: CatalogueFilter, subject: FacetSubject): Promise<CatalogueFacets>
  /** By id; those that do not exist are left out. */
  findOfferings(ids: readonly string[]): Promise<ReadonlyMap<string, Offering>>
  findOpportunities(ids: readonly string[]): Promise<ReadonlyMap<string, Opportunity>>
  /** The opportunities that are part of each of these, by title. */
  findParts(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Opportunity[]>>
  /** One page of the runs of each of these opportunities, by start date. */
  pageRuns(
    ids: readonly string[],
    page: Pick<PageArguments, 'first' | 'after'>,
  ): Promise<ReadonlyMap<string, Page<Offering>>>
  countRuns(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
}

/** Reads the catalogue with plain SQL: keyset pages over computed keys are beyond what the ORM can say. */
export function createCatalogueReader(query: SqlQuery, context: FilterContext): CatalogueReader {
  const page = async <Node>(table: CatalogueTable, request: PageRequest): Promise<Page<Node>> => {
    const order = chooseOrder(request.orderBy, table, hasText(request.filter))
    if (!isMemberIncluded(request.filter, context)) return emptyPage(request.page, order)
    const parameters = createSqlParameters()
    const filter = buildFilterSql(request.filter, table, context, parameters)
    return readPage<Node>(query, table, filter, order, request.page, parameters)
  }
  const count = async (table: CatalogueTable, filter: CatalogueFilter): Promise<number> => {
    if (!isMemberIncluded(filter, context)) return 0
    const parameters = createSqlParameters()
    const { where } = buildFilterSql(filter, table, context, parameters)
    const [row] = await query<{ count: number }>(
      `select count(*)::int as count from ${table} where ${where}`,
      parameters.values,
    )
    return row?.count ?? 0
  }
  const find = async <Node>(table: CatalogueTable, ids: readonly string[]) => {
    const rows = await query<{ id: string; record: Node }>(
      `select id, record from ${table} where id = any($1::text[])`,
      [ids],
    )
    return new Map(rows.map(({ id, record }) => [id, record]))
  }
  return {
    pageOfferings: (request) => page('offering', request),
    pageOpportunities: (request) => page('opportunity', request),
    countOfferings: (filter) => count('offering', filter),
    countOpportunities: (filter) => count('opportunity', filter),
    readFacets: async (filter, subject) => {
      if (!isMemberIncluded(filter, context)) return noFacets
      const table = subject === 'COURSE_OFFERINGS' ? 'offering' : 'opportunity'
      const parameters = createSqlParameters()
      const sql = buildFilterSql(filter, table, context, parameters)
      return readFacets(query, table, sql, parameters, context)
    },
    findOfferings: (ids) => find('offering', ids),
    findOpportunities: (ids) => find('opportunity', ids),
    findParts: async (ids) => {
      const rows = await query<{ part_of: string[]; record: Opportunity }>(
        'select part_of, record from opportunity where part_of && $1::text[] order by title_sort, id',
        [ids],
      )
      const partsOf = (id: string) =>
        rows.filter((row) => row.part_of.includes(id)).map(({ record }) => record)
      return new Map(ids.map((id) => [id, partsOf(id)]))
    },
    pageRuns: (ids, window) => readRunPages(query, ids, window),
    countRuns: async (ids) => {
      const rows = await query<{ id: string; count: number }>(
        'select opportunity_id as id, count(*)::int as count from offering where opportunity_id = any($1::text[]) group by 1',
        [ids],
      )
      return new Map(rows.map(({ id, count: runs }) => [id, runs]))
    },
  }
}

function hasText(filter: CatalogueFilter): boolean {
  return Boolean(filter.text?.trim())
}

/** Checks the arguments all the same, so that a wrong one is refused whoever is asked. */
function emptyPage(page: PageArguments, order: ReturnType<typeof chooseOrder>): Page<never> {
  readPageSize(page)
  if (page.after) readCursor(page.after, order)
  if (page.before) readCursor(page.before, order)
  return { edges: [], hasNextPage: false, hasPreviousPage: false }
}
