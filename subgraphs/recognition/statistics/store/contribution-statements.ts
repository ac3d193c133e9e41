import { contributionBounds } from '../domain/contribution-bounds.js'
import { type Dimension, sortDimensions } from '../domain/dimension.js'
import type { PeriodKind } from '../domain/reporting-period.js'
import { type Family, viewName } from '../domain/statistics-family.js'
import { dimensionColumns, listColumns } from './unit-columns.js'

const periodColumns: Readonly<Record<PeriodKind, string>> = {
  YEAR: 'u.year_on',
  QUARTER: 'u.quarter_on',
  MONTH: 'u.month_on',
}

/** Units to add up: a table or query with the columns of the family's units. */
export interface ContributionSource {
  readonly family: Family
  readonly view: readonly Dimension[]
  readonly kind: PeriodKind
  /** SQL. */
  readonly from: string
}

/**
 * A query for what units add up to in each cell of one breakdown: what `CellCounter` does for the breakdowns kept ready,
 * for a question that nothing is kept ready for. First by learner, then by cell, because a learner counts once.
 */
export function cellsOf({ family, view, kind, from }: ContributionSource): string {
  const ects = family === 'award' ? 'u.ects_thousandths' : '0'
  const { units, ectsThousandths } = contributionBounds
  return `
    select period_start, '${kind}' as period_kind, '${viewName(view)}' as view, population,
      code_1, code_2, code_3,
      count(*)::bigint as persons,
      sum(own_units)::bigint as units,
      sum(least(own_units, ${units}))::bigint as bounded_units,
      sum(own_ects)::bigint as ects,
      sum(least(own_ects, ${ectsThousandths}))::bigint as bounded_ects,
      sum(own_ects::numeric * own_ects) as squared_ects
    from (
      select ${periodColumns[kind]} as period_start, population, ${codeColumns(view)},
        u.learner_key, count(*) as own_units, sum(${ects})::bigint as own_ects
      from ${from} u, unnest(u.populations) as list(population)${joinsOf(view)}
      group by 1, 2, 3, 4, 5, u.learner_key
    ) contribution
    group by period_start, population, code_1, code_2, code_3`
}

/** Column of the cell's code for a dimension of a breakdown: `code_1` to `code_3` in the order of dimensions. */
export function codeColumnOf(view: readonly Dimension[], dimension: Dimension): string {
  return `code_${sortDimensions(view).indexOf(dimension) + 1}`
}

function codeColumns(view: readonly Dimension[]): string {
  const sorted = sortDimensions(view)
  return [0, 1, 2]
    .map((index) => {
      const dimension = sorted[index]
      if (dimension === undefined) return `''::text collate "C" as code_${index + 1}`
      const column = listColumns[dimension] ? `${dimension}.code` : dimensionColumns[dimension]
      return `${column} collate "C" as code_${index + 1}`
    })
    .join(', ')
}

/** A unit counts under each code of a list. */
function joinsOf(view: readonly Dimension[]): string {
  return view
    .flatMap((dimension) => {
      const list = listColumns[dimension]
      return list ? [`, unnest(${list}) as ${dimension}(code)`] : []
    })
    .join('')
}
