import { describe, expect, test } from 'vitest'
import { readCsvTable } from './csv-table.js'

const options = { name: 'csv sample.csv', label: 'rows', delimiter: ',', key: 'code' }

describe('a CSV table', () => {
  test('reads byte order mark, CRLF, quoted line breaks and doubled quotes', () => {
    const text = '\ufeffcode,title\r\nA,"two\r\nlines, ""quoted"""\r\n\r\nB, plain \r\n'
    expect(readCsvTable(text, options)).toEqual([
      { cells: { code: 'A', title: 'two\r\nlines, "quoted"' }, line: 2, problem: null },
      { cells: { code: 'B', title: 'plain' }, line: 5, problem: null },
    ])
  })

  test('takes another delimiter', () => {
    const [row] = readCsvTable('code;ects\nA;2,5\n', { ...options, delimiter: ';' })
    expect(row?.cells).toEqual({ code: 'A', ects: '2,5' })
  })

  test('a row with too few or too many cells has a problem and the others none', () => {
    const rows = readCsvTable('code,title\nA\nB,b\nC,c,c\n', options)
    expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
      [2, '1 cells, but the header has 2 columns'],
      [3, null],
      [4, '3 cells, but the header has 2 columns'],
    ])
  })

  test('a column may have the name of a prototype', () => {
    const [row] = readCsvTable('code,__proto__,constructor\nA,x,y\n', options)
    expect(Object.entries(row?.cells ?? {})).toEqual([
      ['code', 'A'],
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })

  test.each([
    ['', 'the file is empty; expected a header line'],
    ['title\nA\n', "the header has no column 'code'; it has title"],
    ['code,title,code\n', "the header has column 'code' twice"],
    ['code,,title\n', "the header's column 2 has no name"],
    ['code,title\nA,"never closed\n', 'Quote Not Closed'],
  ])('refuses the file %j: %s', (text, why) => {
    expect(() => readCsvTable(text, options)).toThrow(
      expect.objectContaining({
        code: 'SOURCE_UNREADABLE',
        message: expect.stringContaining(why),
      }),
    )
  })
})
