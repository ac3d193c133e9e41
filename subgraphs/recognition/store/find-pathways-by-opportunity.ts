import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearningPathway } from '../domain/learning-pathway.js'
import { type Page, type PageRequest, toTitleCursor } from './title-page.js'

interface RankedRow {
  readonly opportunity_id: string
  readonly id: string
  readonly sort_title: string
  readonly document: LearningPathway
  readonly is_after: boolean
  readonly total_count: number
  readonly count_before: number
}

// One statement for any number of opportunities; each gets its own page by rank among its own pathways.
// `after` is a pair of nulls on the first page: every row is then "after" it. The first row of each opportunity always
// comes along, for its counts: without it a page past the end would claim that there are no pathways at all.
const statement = `
  select opportunity_id, id, sort_title, document, is_after, total_count, count_before
  from (
    select wanted.opportunity_id, pathway.id, pathway.sort_title, pathway.document,
      (pathway.sort_title, pathway.id) > (after.sort_title, after.id) is not false as is_after,
      (count(*) over whole)::int as total_count,
      (count(*) filter (where (pathway.sort_title, pathway.id) <= (after.sort_title, after.id)) over whole)::int
        as count_before,
      row_number() over (whole order by pathway.sort_title, pathway.id) as rank
    from jsonb_array_elements_text(?::jsonb) as wanted(opportunity_id)
    join learning_pathway as pathway on pathway.opportunity_ids @> array[wanted.opportunity_id]
    cross join (select ?::text as sort_title, ?::text as id) as after
    window whole as (partition by wanted.opportunity_id)
  ) as ranked
  where (is_after and rank - count_before <= ?::int + 1) or rank = 1
  order by opportunity_id, rank`

/**
 * The pathways each opportunity is part of, one page of the same request per opportunity, in one SQL statement.
 * Opportunities without any pathway are missing.
 */
export async function findPathwaysByOpportunity(
  em: EntityManager,
  opportunityIds: readonly string[],
  { size, after }: PageRequest,
): Promise<ReadonlyMap<string, Page<LearningPathway>>> {
  const rows: readonly RankedRow[] = await em.execute(statement, [
    // As JSON: the query builder would spread an array over many placeholders.
    JSON.stringify(opportunityIds),
    after?.sortTitle ?? null,
    after?.id ?? null,
    size,
  ])
  const rowsOf = Map.groupBy(rows, (row) => row.opportunity_id)
  return new Map([...rowsOf].map(([opportunityId, found]) => [opportunityId, toPage(found, size)]))
}

function toPage(rows: readonly RankedRow[], size: number): Page<LearningPathway> {
  const [first] = rows
  const following = rows.filter((row) => row.is_after)
  return {
    totalCount: first?.total_count ?? 0,
    edges: following.slice(0, size).map((row) => ({
      cursor: toTitleCursor({ sortTitle: row.sort_title, id: row.id }),
      node: row.document,
    })),
    hasNextPage: following.length > size,
    hasPreviousPage: (first?.count_before ?? 0) > 0,
  }
}
