import { contributionBounds } from '../domain/contribution-bounds.js'
import { type Dimension, sortDimensions } from '../domain/dimension.js'
import type { PeriodKind } from '../domain/reporting-period.js'
import { type Family, viewName } from '../domain/statistics-family.js'

/** The column, or the element of a list, that a dimension is in the tables of units. */
const dimensionColumns: Readonly<Record<Dimension, string>> = {
  pathway: 'u.pathway',
  step: 'u.step',
  stackedCredential: 'u.stacked_credential',
  homeMember: 'u.home_member',
  awardingMember: 'u.awarding_member',
  recognisingMember: 'u.recognising_member',
  jurisdiction: 'u.jurisdiction',
  eqfLevel: 'u.eqf_level',
  iscedField: 'isced.code',
  sizeBand: 'u.size_band',
  skill: 'skill.code',
}

/** Dimensions of which one unit may have several codes; it counts under each. */
const listJoins: Readonly<Partial<Record<Dimension, string>>> = {
  iscedField: ', unnest(u.isced_fields) as isced(code)',
  skill: ', unnest(u.skills) as skill(code)',
}

const periodColumns: Readonly<Record<PeriodKind, string>> = {
  YEAR: 'u.year_on',
  QUARTER: 'u.quarter_on',
  MONTH: 'u.month_on',
}

/** Units to add up: a table or query with the columns of the family's units and `is_after`. */
export interface ContributionSource {
  readonly family: Family
  readonly view: readonly Dimension[]
  readonly kind: PeriodKind
  /** SQL; `is_after` is false for units that are to be taken away again. */
  readonly from: string
}

/**
 * A query for what units add up to in each cell of one breakdown: learners, units, bounded units, credits.
 *
 * First by learner, then by cell, because a learner counts once: with units before and after a change it gives the
 * difference, so one query serves a rebuild, a batch and a question that nothing is kept ready for.
 */
export function cellsOf({ family, view, kind, from }: ContributionSource): string {
  const codes = codeColumns(view, 3)
  const ects = family === 'award' ? 'u.ects_thousandths' : '0'
  const { units, ectsThousandths } = contributionBounds
  return `
    select period_start, '${kind}' as period_kind, '${viewName(view)}' as view, population,
      code_1, code_2, code_3,
      sum((after > 0)::integer - (before > 0)::integer)::bigint as persons,
      sum(after - before)::bigint as units,
      sum(least(after, ${units}) - least(before, ${units}))::bigint as bounded_units,
      sum(ects_after - ects_before)::bigint as ects,
      sum(least(ects_after, ${ectsThousandths}) - least(ects_before, ${ectsThousandths}))::bigint
        as bounded_ects,
      sum(ects_after * ects_after - ects_before * ects_before)::numeric as squared_ects
    from (
      select ${periodColumns[kind]} as period_start, population, ${codes}, u.learner_key,
        count(*) filter (where u.is_after) as after,
        count(*) filter (where not u.is_after) as before,
        coalesce(sum(${ects}) filter (where u.is_after), 0)::bigint as ects_after,
        coalesce(sum(${ects}) filter (where not u.is_after), 0)::bigint as ects_before
      from ${from} u, unnest(u.populations) as list(population)${joinsOf(view)}
      group by 1, 2, 3, 4, 5, u.learner_key
    ) contribution
    group by period_start, population, code_1, code_2, code_3`
}

/** A query for how many units of each cell took how many weeks; breakdowns of at most two dimensions. */
export function durationsOf(
  { view, kind, from }: ContributionSource,
  measure: string,
  weeksColumn: string,
): string {
  return `
    select ${periodColumns[kind]} as period_start, '${kind}' as period_kind,
      '${viewName(view)}' as view, '${measure}' as measure, ${codeColumns(view, 2)},
      u.${weeksColumn} as weeks, sum(case when u.is_after then 1 else -1 end)::bigint as units
    from ${from} u${joinsOf(view)}
    where u.${weeksColumn} is not null
    group by 1, 5, 6, 7`
}

/** Column of the cell's code for a dimension of a breakdown: `code_1` to `code_3` in the order of dimensions. */
export function codeColumnOf(view: readonly Dimension[], dimension: Dimension): string {
  return `code_${sortDimensions(view).indexOf(dimension) + 1}`
}

function codeColumns(view: readonly Dimension[], count: number): string {
  const sorted = sortDimensions(view)
  return Array.from({ length: count }, (_, index) => {
    const dimension = sorted[index]
    const column = dimension === undefined ? "''::text" : dimensionColumns[dimension]
    return `${column} collate "C" as code_${index + 1}`
  }).join(', ')
}

function joinsOf(view: readonly Dimension[]): string {
  return view.map((dimension) => listJoins[dimension] ?? '').join('')
}
