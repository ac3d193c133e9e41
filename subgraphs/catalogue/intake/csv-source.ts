import type { CatalogueSource } from './catalogue-source.js'
import type { CsvCells, CsvRecord } from './csv-record.js'
import { type CsvRow, readCsvTable } from './csv-table.js'
import { readDocument, unreadable } from './read-document.js'
import { rejectRecord } from './rejected-record.js'

/**
 * A source of one CSV file with a header line, and optionally a second one with the runs, joined by the column `key`
 * that both have. UTF-8 with or without byte order mark, any line ends, quoted line breaks.
 *
 * A row that cannot be read, or a run whose row is missing, becomes a rejected record that names its line.
 *
 * @param options.delimiter - One character; default `,`.
 */
export function createCsvSource(options: {
  readonly name: string
  readonly location: string
  readonly offeringsLocation?: string
  readonly key: string
  readonly delimiter?: string
  readonly timeoutMs?: number
}): CatalogueSource {
  const { name, key, delimiter = ',', timeoutMs } = options
  return {
    name,
    async read(signal) {
      const readTable = async (location: string, label: string): Promise<readonly CsvRow[]> => {
        const accept = 'text/csv'
        const text = await readDocument(location, { name, signal, timeoutMs, accept })
        return readCsvTable(text, { name, label, delimiter, key })
      }
      const rows = await readTable(options.location, 'rows')
      const runs =
        options.offeringsLocation === undefined
          ? []
          : await readTable(options.offeringsLocation, 'offerings')
      if (rows.length === 0 && runs.length > 0) throw unreadable(name, 'runs without any row')
      return joinRuns(rows, runs, key)
    },
  }
}

function joinRuns(rows: readonly CsvRow[], runs: readonly CsvRow[], key: string): unknown[] {
  const runsByKey = new Map<string, CsvCells[]>()
  const records: unknown[] = rows.map((row) => {
    const value = row.cells[key] ?? ''
    if (row.problem !== null) return toRejected(row, value, 'row', true)
    const offerings: CsvCells[] = []
    // Two rows with one key: the first gets the runs, the second is rejected later as a duplicate.
    if (!runsByKey.has(value)) runsByKey.set(value, offerings)
    return { row: row.cells, offerings, line: row.line } satisfies CsvRecord
  })
  const knownKeys = new Set(rows.map((row) => row.cells[key] ?? ''))
  for (const run of runs) {
    const value = run.cells[key] ?? ''
    const siblings = runsByKey.get(value)
    if (run.problem !== null) records.push(toRejected(run, value, 'offering', false))
    // The row is there but was rejected itself: its own fault says enough.
    else if (siblings === undefined && knownKeys.has(value)) continue
    else if (siblings === undefined) records.push(toOrphan(run, value, key))
    else siblings.push(run.cells)
  }
  return records
}

function toRejected(row: CsvRow, id: string, path: string, mayBeOpportunity: boolean): unknown {
  const message = `line ${row.line}: ${row.problem}`
  const localId = id === '' ? null : id
  return rejectRecord({ localId, path, code: 'UNREADABLE_ROW', message }, { mayBeOpportunity })
}

function toOrphan(run: CsvRow, id: string, key: string): unknown {
  const path = `offerings[0].${key}`
  const code = id === '' ? 'REQUIRED' : 'UNKNOWN_REFERENCE'
  const message =
    id === ''
      ? `line ${run.line}: the run has nothing in column '${key}'`
      : `line ${run.line}: no row has '${id.slice(0, 100)}' in column '${key}'`
  const localId = id === '' ? null : id
  return rejectRecord({ localId, path, code, message }, { mayBeOpportunity: false })
}
