import type { ExportTable } from './table-columns.js'

/** CSV (RFC 4180) with a heading; a hidden value is empty, its status C and the reason beside it. */
export function writeCsv(table: ExportTable): string {
  const heading = [
    ...table.concepts,
    'TIME_PERIOD',
    'MEASURE',
    'OBS_VALUE',
    'CONF_STATUS',
    'REASON',
    'RELEASE',
    'POLICY',
  ]
  const rows = table.observations.map(({ codes, measure, value, confidentiality, reason }) => [
    ...codes,
    table.period,
    measure,
    value === null ? '' : String(value),
    confidentiality,
    reason,
    table.release,
    table.policy,
  ])
  return [heading, ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('')
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
