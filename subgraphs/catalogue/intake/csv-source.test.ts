import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCsvSource } from './csv-source.js'
import { isRejectedRecord } from './rejected-record.js'

describe('a CSV source', () => {
  let directory = ''
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'csv-source-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  async function read(rows: string, runs?: string): Promise<readonly unknown[]> {
    const location = join(directory, 'rows.csv')
    const offeringsLocation = join(directory, 'runs.csv')
    await writeFile(location, rows)
    if (runs !== undefined) await writeFile(offeringsLocation, runs)
    const source = createCsvSource({
      name: 'csv',
      location,
      ...(runs === undefined ? {} : { offeringsLocation }),
      key: 'code',
    })
    return source.read(new AbortController().signal)
  }

  test('joins each row with its runs by the key column', async () => {
    const records = await read(
      'code,title\nA,Alpha\nB,Beta\n',
      'code,start\nB,2026\nA,2027\nB,2028\n',
    )
    expect(records).toEqual([
      { row: { code: 'A', title: 'Alpha' }, offerings: [{ code: 'A', start: '2027' }], line: 2 },
      {
        row: { code: 'B', title: 'Beta' },
        offerings: [
          { code: 'B', start: '2026' },
          { code: 'B', start: '2028' },
        ],
        line: 3,
      },
    ])
  })

  test('rejects a broken row and a run without a row, each with its line', async () => {
    const records = await read('code,title\nA\nB,Beta\n', 'code,start\nC,2026\nA,2026\n')
    expect(records).toHaveLength(3)
    const faults = records.filter(isRejectedRecord).map(({ fault }) => fault)
    expect(faults).toEqual([
      {
        localId: 'A',
        path: 'row',
        code: 'UNREADABLE_ROW',
        message: 'line 2: 1 cells, but the header has 2 columns',
      },
      {
        localId: 'C',
        path: 'offerings[0].code',
        code: 'UNKNOWN_REFERENCE',
        message: "line 2: no row has 'C' in column 'code'",
      },
    ])
  })
})
