import { parse } from 'csv-parse/sync'
import type { CsvCells } from './csv-record.js'
import { unreadable } from './read-document.js'

/** One line of a CSV file below its header. */
export interface CsvRow {
  /** Has no prototype, so that a column may be called anything. */
  readonly cells: CsvCells
  /** Line in the file on which the row begins, from 1. */
  readonly line: number
  /** Why the row cannot be used, or null. */
  readonly problem: string | null
}

interface TableOptions {
  readonly name: string
  /** Which of the source's files it is, for messages. */
  readonly label: string
  readonly delimiter: string
  /** Column that must be there. */
  readonly key: string
}

/**
 * The rows of a CSV text with a header line.
 *
 * @throws HubError `SOURCE_UNREADABLE` when the header is missing, has empty or duplicate names or lacks `key`, or when
 * a quote is never closed: from there on nobody can say where a row ends.
 */
export function readCsvTable(text: string, options: TableOptions): readonly CsvRow[] {
  const { name, label, delimiter, key } = options
  const fail = (why: string, cause?: unknown) => unreadable(name, `${label}: ${why}`, cause)
  const [header, ...lines] = splitCells(text, delimiter, fail)
  if (header === undefined) throw fail('the file is empty; expected a header line')
  const columns = header.cells.map((cell) => cell.trim())
  for (const [index, column] of columns.entries()) {
    if (column === '') throw fail(`the header's column ${index + 1} has no name`)
    if (columns.indexOf(column) !== index) throw fail(`the header has column '${column}' twice`)
  }
  if (!columns.includes(key)) {
    throw fail(`the header has no column '${key}'; it has ${columns.join(', ').slice(0, 300)}`)
  }
  return lines.map(({ cells, line }) => {
    const problem =
      cells.length === columns.length
        ? null
        : `${cells.length} cells, but the header has ${columns.length} columns`
    const named: Record<string, string> = Object.create(null)
    for (const [index, column] of columns.entries()) named[column] = (cells[index] ?? '').trim()
    return { cells: named, line, problem }
  })
}

interface Cells {
  readonly cells: readonly string[]
  readonly line: number
}

function splitCells(
  text: string,
  delimiter: string,
  fail: (why: string, cause?: unknown) => Error,
): readonly Cells[] {
  try {
    const lineEnds: number[] = []
    const rows = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (record: string[], context) => {
        lineEnds.push(context.lines)
        return record
      },
    })
    let countedTwice = 0
    return rows.map((cells, index) => {
      const content = cells.join('')
      // The parser says on which line a row ends, and takes a CRLF inside quotes for two line breaks.
      countedTwice += content.match(/\r\n/g)?.length ?? 0
      const breaks = content.match(/\r\n|\n|\r/g)?.length ?? 0
      return { cells, line: (lineEnds[index] ?? 0) - countedTwice - breaks }
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not CSV'
    throw fail(why.slice(0, 300), error)
  }
}
