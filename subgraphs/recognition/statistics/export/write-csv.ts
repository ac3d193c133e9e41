import type { ExportTable } from './table-columns.js'

/** CSV (RFC 4180) with a heading; a hidden value is empty, its status C and the reason beside it. */
export function writeCsv(table: ExportTable): string {
  const heading = [
    ...table.concepts,
    'TIME_PERIOD',
    'MEASURE',
    'POINT',
    'OBS_VALUE',
    'CONF_STATUS',
    'REASON',
    'RELEASE',
    'AS_OF',
    'POLICY',
  ]
  const rows = table.observations.map((observation) => [
    ...observation.codes,
    table.period,
    observation.measure,
    observation.point,
    observation.value === null ? '' : String(observation.value),
    observation.confidentiality,
    observation.reason,
    table.release,
    table.asOf,
    table.policy,
  ])
  return [heading, ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('')
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
