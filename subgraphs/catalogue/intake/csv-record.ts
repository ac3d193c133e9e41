import { z } from 'zod'

/** The values of one CSV row by column name, trimmed; empty cells are empty strings. */
export type CsvCells = Readonly<Record<string, string>>

/** One record of a CSV source. */
export interface CsvRecord {
  readonly row: CsvCells
  readonly offerings: readonly CsvCells[]
  /** Line of the row in its file, from 1. */
  readonly line: number
}

const cells = z.record(z.string(), z.string())
const csvRecord = z.object({ row: cells, offerings: z.array(cells) })

/**
 * The row of a CSV source's record with its runs, for an adapter to read.
 *
 * @throws ZodError when it is no record of a CSV source; the intake then rejects it as `ADAPTER_FAILED`.
 */
export function parseCsvRecord(record: unknown): Pick<CsvRecord, 'row' | 'offerings'> {
  return csvRecord.parse(record)
}
