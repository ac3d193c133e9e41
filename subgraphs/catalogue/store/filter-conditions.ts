import { toDay } from '../domain/application-window.js'
import type { CatalogueFilter } from '../domain/catalogue-filter.js'
import { toThousandths } from '../domain/credit-thousandths.js'
import type { SearchConfiguration } from './search-language.js'
import { buildSearchQuery } from './search-query.js'
import { noEcts, noStart } from './sort-columns.js'
import type { SqlParameters } from './sql-parameters.js'

/** The table a question is asked of. */
export type CatalogueTable = 'offering' | 'opportunity'

/** What the conditions depend on besides the filter. */
export interface FilterContext {
  readonly slug: string
  readonly jurisdiction: string
  readonly timeZone: string
  readonly configurations: readonly SearchConfiguration[]
  readonly now: Date
}

export interface FilterSql {
  /** A boolean SQL expression over the table's columns. */
  readonly where: string
  /** The relevance as an integer expression, or null when the filter has no text. */
  readonly rank: string | null
}

/** Whether this member can have anything at all that the filter lets through. */
export function isMemberIncluded(filter: CatalogueFilter, context: FilterContext): boolean {
  const { institutions, jurisdictions } = filter
  if (institutions?.length && !institutions.includes(context.slug)) return false
  return !jurisdictions?.length || jurisdictions.includes(context.jurisdiction)
}

/**
 * The filter as SQL. An opportunity passes the conditions on runs when one and the same run passes all of them;
 * without such a condition its modes and languages are its own and those of all its runs.
 */
export function buildFilterSql(
  filter: CatalogueFilter,
  table: CatalogueTable,
  context: FilterContext,
  parameters: SqlParameters,
): FilterSql {
  const conditions: string[] = []
  const text = filter.text?.trim()
  const search = text ? buildSearchQuery(text, context.configurations, parameters) : null
  if (search) conditions.push(search.condition)
  conditions.push(...contentConditions(filter, parameters))
  conditions.push(...deliveryConditions(filter, parameters))
  const ofRuns = runConditions(filter, context, parameters)
  if (table === 'offering') {
    conditions.push(...ofRuns)
  } else if (ofRuns.length > 0) {
    // Unqualified columns inside the subquery are the run's.
    const sameRun = [...ofRuns, ...deliveryConditions(filter, parameters)].join(' and ')
    conditions.push(
      `exists (select 1 from offering where offering.opportunity_id = opportunity.id and ${sameRun})`,
    )
  }
  return {
    where: conditions.length === 0 ? 'true' : conditions.join(' and '),
    rank: search?.rank ?? null,
  }
}

function contentConditions(filter: CatalogueFilter, parameters: SqlParameters): string[] {
  const conditions: string[] = []
  if (filter.kinds?.length) conditions.push(`kind = any(${parameters.add(filter.kinds)}::text[])`)
  if (filter.eqfLevels?.length) {
    conditions.push(`eqf_level = any(${parameters.add(filter.eqfLevels)}::int[])`)
  }
  if (filter.iscedF?.length) {
    const codes = parameters.add(filter.iscedF)
    conditions.push(
      `exists (select 1 from unnest(isced_f) as field, unnest(${codes}::text[]) as code where starts_with(field, code))`,
    )
  }
  const minimum = toBound(filter.ects?.minimum)
  const maximum = toBound(filter.ects?.maximum)
  if (minimum !== null || maximum !== null) conditions.push(`ects_sort > ${noEcts}`)
  if (minimum !== null) conditions.push(`ects_sort >= ${parameters.add(minimum)}::int`)
  if (maximum !== null) conditions.push(`ects_sort <= ${parameters.add(maximum)}::int`)
  return conditions
}

function deliveryConditions(filter: CatalogueFilter, parameters: SqlParameters): string[] {
  const conditions: string[] = []
  if (filter.languages?.length) {
    conditions.push(`languages && ${parameters.add(filter.languages)}::text[]`)
  }
  if (filter.modes?.length) conditions.push(`modes && ${parameters.add(filter.modes)}::text[]`)
  return conditions
}

function runConditions(
  filter: CatalogueFilter,
  context: FilterContext,
  parameters: SqlParameters,
): string[] {
  const conditions: string[] = []
  const { from, to } = filter.startDate ?? {}
  if (from || to) conditions.push(`start_sort <> '${noStart}'`)
  if (from) conditions.push(`start_sort >= ${parameters.add(from)}`)
  if (to) conditions.push(`start_sort <= ${parameters.add(to)}`)
  if (typeof filter.openForApplication === 'boolean') {
    const now = `${parameters.add(context.now.toISOString())}::timestamptz`
    const today = parameters.add(toDay(context.now, context.timeZone))
    // The same rule as isOpenForApplication in the domain; a test holds them together.
    const open = `(state = 'ACTIVE' and (end_day is null or end_day >= ${today}) and has_window
      and (opens_at is null or opens_at <= ${now}) and (closes_at is null or closes_at >= ${now}))`
    conditions.push(filter.openForApplication ? open : `not ${open}`)
  }
  return conditions
}

function toBound(decimal: string | null | undefined): number | null {
  return decimal ? toThousandths(decimal) : null
}
