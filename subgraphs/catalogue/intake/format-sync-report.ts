import type { SyncReport } from '../domain/sync-report.js'

/** How many faults people see; the JSON form has all. */
const shownFaults = 50

/** A sync report for people, or with `json` as one JSON document for machines. Ends without a line break. */
export function formatSyncReport(
  report: SyncReport,
  { json = false }: { readonly json?: boolean } = {},
): string {
  if (json) return JSON.stringify(report, null, 2)
  const { added, changed, unchanged, withdrawn, rejected, heldBack } = report
  const lines = [
    `${report.member}: ${report.read} records read from ${report.source} in ${report.tookMs} ms`,
    `  ${added} added, ${changed} changed, ${unchanged} unchanged, ${withdrawn} withdrawn, ${rejected} rejected`,
  ]
  if (heldBack > 0) {
    lines.push(
      `  ${heldBack} not in the source but kept: the id of a rejected record could not be read`,
    )
  }
  for (const { index, localId, path, code, message } of report.faults.slice(0, shownFaults)) {
    const where = path === '' ? '' : ` ${path}`
    lines.push(oneLine(`  record ${index} (${localId ?? 'no id'})${where}: ${code}: ${message}`))
  }
  const hidden = report.faults.length - shownFaults
  if (hidden > 0) lines.push(`  … and ${hidden} faults more; the JSON form lists all`)
  return lines.join('\n')
}

// Ids and messages quote the source: nothing in it may steer the reader's terminal.
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '�')
}
