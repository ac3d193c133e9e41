import { dimensions } from '../domain/dimension.js'
import type { DisclosurePolicy } from '../domain/disclosure-policy.js'
import { measures } from '../domain/measure.js'
import { points } from './table-columns.js'

/** What every column, code list and measure of an export means, and the policy behind it, as JSON. */
export function buildDataDictionary(policy: DisclosurePolicy): string {
  return JSON.stringify({
    policy,
    reportingYear: 'from 1 August; REPORTING_YEAR_START_DAY=--08-01',
    columns: {
      ...Object.fromEntries(
        Object.values(dimensions).map(({ code, description }) => [code, description]),
      ),
      TIME_PERIOD: 'Reporting period, SDMX: 2025-A1 year, 2025-Q2 quarter, 2025-M03 month.',
      MEASURE: 'Id of the measure.',
      POINT: 'Which quartile of a duration, or after how many weeks; `_Z` for everything else.',
      OBS_VALUE: 'The published figure; empty when hidden.',
      CONF_STATUS: 'F free, C confidential (hidden), after SDMX CL_CONF_STATUS.',
      REASON: 'Why it is hidden.',
      RELEASE: 'Period and number of the release; figures of a release never change.',
      AS_OF: 'Latest day of recording among the events in the release.',
      POLICY: 'Name of the disclosure policy.',
    },
    points,
    measures,
  })
}
