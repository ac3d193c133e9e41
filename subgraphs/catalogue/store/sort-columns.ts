import { toSortText } from '../../../schema/index.js'
import type { DayText, DecimalText, LocalisedText } from '../domain/catalogue-record.js'
import { toThousandths } from '../domain/credit-thousandths.js'
import { pickText } from '../domain/pick-text.js'

/** Sorts runs that can be started at any time behind all dated ones. */
export const noStart = '9999-12-31'
/** Sorts what bears no credits, or does not say, before everything that does. */
export const noEcts = -1

/** The values rows are ordered by. They go into cursors, so they are never null. */
export interface SortColumns {
  readonly startSort: string
  readonly titleSort: string
  readonly ectsSort: number
}

/** The sort columns of a row. The title that counts is the English one, else the member's first. */
export function toSortColumns(
  row: {
    readonly title: LocalisedText
    readonly ects: DecimalText | null
    readonly startDate: DayText | null
  },
  memberLanguages: readonly string[],
): SortColumns {
  return {
    startSort: row.startDate ?? noStart,
    titleSort: toSortText(pickText(row.title, 'en', memberLanguages) ?? ''),
    ectsSort: (row.ects === null ? null : toThousandths(row.ects)) ?? noEcts,
  }
}

/** The earliest start among an opportunity's runs that are not cancelled; null when none has one. */
export function findEarliestStart(
  offerings: readonly { readonly startDate: DayText | null; readonly state: string }[],
): DayText | null {
  let earliest: DayText | null = null
  for (const { startDate, state } of offerings) {
    if (startDate === null || state === 'CANCELLED') continue
    if (earliest === null || startDate < earliest) earliest = startDate
  }
  return earliest
}
