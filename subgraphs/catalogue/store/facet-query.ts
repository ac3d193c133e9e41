import type { CatalogueFacets, FacetCount } from '../domain/catalogue-filter.js'
import type { SqlQuery } from './catalogue-database.js'
import type { CatalogueTable, FilterContext, FilterSql } from './filter-conditions.js'
import { noEcts } from './sort-columns.js'
import type { SqlParameters } from './sql-parameters.js'

interface FacetRow {
  readonly facet: string
  readonly value: string
  readonly count: number
}

/** Bands in thousandths of a credit: above the lower end, up to the upper one; 1–3 includes 1. */
const ectsBand = `case
  when ects_sort = ${noEcts} then 'unknown'
  when ects_sort < 1000 then '<1'
  when ects_sort <= 3000 then '1-3'
  when ects_sort <= 6000 then '3-6'
  when ects_sort <= 12000 then '6-12'
  when ects_sort <= 30000 then '12-30'
  else '>30' end`

/** Counts everything that matches, by value of every facet, in one statement. */
export async function readFacets(
  query: SqlQuery,
  table: CatalogueTable,
  filter: FilterSql,
  parameters: SqlParameters,
  context: FilterContext,
): Promise<CatalogueFacets> {
  const rows = await query<FacetRow>(
    `with matching as materialized (
       select kind, ${ectsBand} as ects, eqf_level, isced_f, languages, modes from ${table} where ${filter.where}
     )
     select facet, value, count(*)::int as count from (
       select 'total' as facet, '' as value from matching
       union all select 'kinds', kind from matching
       union all select 'ects', ects from matching
       union all select 'eqfLevels', eqf_level::text from matching where eqf_level is not null
       union all select 'iscedF', broad from matching,
         lateral (select distinct left(field, 2) as broad from unnest(isced_f) as field) as fields
       union all select 'languages', language from matching, unnest(languages) as language
       union all select 'modes', mode from matching, unnest(modes) as mode
     ) as counted
     group by facet, value
     order by count desc, value collate "C"`,
    parameters.values,
  )
  const of = (facet: string): FacetCount[] =>
    rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count }))
  const totalCount = of('total')[0]?.count ?? 0
  const whole = (value: string): FacetCount[] =>
    totalCount === 0 ? [] : [{ value, count: totalCount }]
  return {
    totalCount,
    institutions: whole(context.slug),
    jurisdictions: whole(context.jurisdiction),
    kinds: of('kinds'),
    ects: of('ects'),
    eqfLevels: of('eqfLevels'),
    iscedF: of('iscedF'),
    languages: of('languages'),
    modes: of('modes'),
  }
}

/** The facets of nothing. */
export const noFacets: CatalogueFacets = {
  totalCount: 0,
  institutions: [],
  jurisdictions: [],
  kinds: [],
  ects: [],
  eqfLevels: [],
  iscedF: [],
  languages: [],
  modes: [],
}
