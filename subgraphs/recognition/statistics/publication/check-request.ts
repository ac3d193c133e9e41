import { HubError } from '../../../../schema/index.js'
import { type Dimension, sortDimensions } from '../domain/dimension.js'
import {
  type CodeFilter,
  type CodeSet,
  findUnknownCodes,
  listCodeSets,
  type PublishedCodes,
} from '../domain/published-codes.js'
import { isClosed, parsePeriod, type ReportingPeriod } from '../domain/reporting-period.js'
import { breadthOf, type Family, families, maximumDimensions } from '../domain/statistics-family.js'
import type { Publication } from './publication.js'

/** What somebody asks of one family. */
export interface BreakdownRequest {
  readonly family: Family
  readonly groupBy: readonly Dimension[]
  /** A filter picks rows and never adds them up: its dimensions are broken down by, too. */
  readonly filter: CodeFilter
  readonly period: ReportingPeriod
}

/** Rows of one answer at most. */
export const maximumRows = 2_000

/**
 * The breakdown that answers a request, and its rows.
 *
 * @throws HubError `BAD_USER_INPUT` for a dimension or code the family does not have, too many dimensions or rows;
 * `PERIOD_NOT_PUBLISHED` for a period that is not over; `NOT_PUBLISHED` for a table outside the publication.
 */
export function checkRequest(
  request: BreakdownRequest,
  publication: Publication,
  codes: PublishedCodes,
  today: string,
): { readonly view: readonly Dimension[]; readonly rows: readonly CodeSet[] } {
  const { family, groupBy, filter, period } = request
  const view = sortDimensions([...groupBy, ...(Object.keys(filter) as Dimension[])])
  const known: readonly Dimension[] = families[family].dimensions
  const strange = view.filter((dimension) => !known.includes(dimension))
  if (strange.length > 0) {
    refuse(`${family} statistics have no ${strange.join(', ')}; they have ${known.join(', ')}`)
  }
  if (view.includes('step') && !view.includes('pathway')) refuse('step needs pathway beside it')
  const limit = maximumDimensions[period.kind]
  if (breadthOf(view) > limit) {
    refuse(`${breadthOf(view)} dimensions exceed the limit of ${limit} for a ${period.kind}`)
  }
  const unknown = findUnknownCodes(codes, filter)
  if (unknown.length > 0) refuse(`no figures are published for ${unknown.slice(0, 5).join(', ')}`)
  checkPeriod(period, today)
  if (!publication.includes(family, view, period.kind)) {
    throw new HubError('NOT_PUBLISHED', {
      message: `${family} by ${view.join(', ') || 'nothing'} for ${period.code} is for analysts only`,
    })
  }
  const rows = listCodeSets(codes, view, filter)
  if (rows.length > maximumRows) refuse(`${rows.length} rows exceed the limit of ${maximumRows}`)
  return { view, rows }
}

/**
 * The period a code names.
 *
 * @throws HubError `BAD_USER_INPUT` when it is none of the grid.
 */
export function readPeriod(code: string): ReportingPeriod {
  const period = parsePeriod(code)
  if (period) return period
  throw new HubError('BAD_USER_INPUT', {
    message:
      'a period is a reporting year 2025-A1, quarter 2025-Q1 to -Q4 or month 2025-M01 to -M12',
  })
}

/** @throws HubError `PERIOD_NOT_PUBLISHED` for a period that is not over. */
export function checkPeriod(period: ReportingPeriod, today: string): void {
  if (isClosed(period, today)) return
  throw new HubError('PERIOD_NOT_PUBLISHED', {
    message: `${period.code} is published after ${period.endsBefore}`,
  })
}

function refuse(message: string): never {
  throw new HubError('BAD_USER_INPUT', { message })
}
