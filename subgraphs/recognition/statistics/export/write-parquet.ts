import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import type { ExportTable } from './table-columns.js'

/** A Parquet file with the columns of the CSV; the data dictionary is in its key-value metadata. */
export function writeParquet(table: ExportTable, dictionary: string): Buffer {
  const { observations, concepts, period, release, asOf, policy } = table
  const text = (name: string, data: string[]): ColumnSource => ({
    name,
    data,
    type: 'STRING',
    nullable: false,
  })
  const buffer = parquetWriteBuffer({
    columnData: [
      ...concepts.map((concept, index) =>
        text(
          concept,
          observations.map(({ codes }) => codes[index] ?? ''),
        ),
      ),
      text(
        'TIME_PERIOD',
        observations.map(() => period),
      ),
      text(
        'MEASURE',
        observations.map(({ measure }) => measure),
      ),
      text(
        'POINT',
        observations.map(({ point }) => point),
      ),
      {
        name: 'OBS_VALUE',
        data: observations.map(({ value }) => value),
        type: 'DOUBLE',
        nullable: true,
      },
      text(
        'CONF_STATUS',
        observations.map(({ confidentiality }) => confidentiality),
      ),
      text(
        'REASON',
        observations.map(({ reason }) => reason),
      ),
      text(
        'RELEASE',
        observations.map(() => release),
      ),
      text(
        'AS_OF',
        observations.map(() => asOf),
      ),
      text(
        'POLICY',
        observations.map(() => policy),
      ),
    ],
    kvMetadata: [{ key: 'dictionary', value: dictionary }],
  })
  return Buffer.from(buffer)
}
