import { describe, expect, it } from 'vitest'
import {
  type DayFormat,
  toCellDay,
  toCellDecimal,
  toCellList,
  toCellText,
  toCellWhole,
  toCellWindow,
  toCellWord,
} from './csv-cells.js'

describe('a CSV cell', () => {
  it.each([undefined, ''])(
    'that is %j has no text, parts, number, decimal, day or word',
    (cell) => {
      expect(toCellText(cell)).toBeNull()
      expect(toCellList(cell)).toEqual([])
      expect(toCellWhole(cell)).toBeNull()
      expect(toCellDecimal(cell)).toBeNull()
      expect(toCellDay(cell, 'DD.MM.YYYY')).toBeNull()
      expect(toCellWord(cell, { '': 'x' })).toBeNull()
    },
  )

  it('holds several values between bars, and an empty place keeps the others in theirs', () => {
    expect(toCellList('català | castellà')).toEqual(['català', 'castellà'])
    expect(toCellList('a||c')).toEqual(['a', '', 'c'])
  })

  it.each([
    ['0', 0],
    ['12', 12],
    ['12 kr', '12 kr'],
    ['-1', '-1'],
    ['2.5', '2.5'],
    ['1234567890', '1234567890'],
  ])('reads %j as the whole number %j, or passes it on', (cell, expected) => {
    expect(toCellWhole(cell)).toBe(expected)
  })

  it.each([
    ['2,5', '2.5'],
    ['2.5', '2.5'],
    ['5', '5'],
    ['1,2,3', '1.2,3'],
  ])('reads the decimal %j as %j', (cell, expected) => {
    expect(toCellDecimal(cell)).toBe(expected)
  })

  it.each<[DayFormat, string]>([
    ['DD-MM-YYYY', '07-09-2026'],
    ['DD.MM.YYYY', '07.09.2026'],
    ['DD/MM/YYYY', '07/09/2026'],
  ])('reads a day written %s, and passes on what is written otherwise', (format, cell) => {
    expect(toCellDay(cell, format)).toBe('2026-09-07')
    expect(toCellDay('2026-09-07', format)).toBe('2026-09-07')
    expect(toCellDay('7 September', format)).toBe('7 September')
    expect(toCellDay(`${cell} 12:00`, format)).toBe(`${cell} 12:00`)
  })

  it.each(['DD-MM-YYYY', 'DD.MM.YYYY', 'DD/MM/YYYY'] as const)(
    'takes no other separator for that of %s',
    (format) => {
      const others = ['07-09-2026', '07.09.2026', '07/09/2026', '07x09x2026'].filter(
        (day) => day.at(2) !== format.at(2),
      )
      expect(others.map((day) => toCellDay(day, format))).toEqual(others)
    },
  )

  it('translates a word that is known and passes on any other', () => {
    const words = { reto: 'CHALLENGE' }
    const cells = ['reto', 'seminario', 'constructor', '__proto__']
    expect(cells.map((cell) => toCellWord(cell, words))).toEqual([
      'CHALLENGE',
      'seminario',
      'constructor',
      '__proto__',
    ])
  })
})

describe('a window of two cells', () => {
  const read = (first?: string, last?: string) =>
    toCellWindow({ first, last }, 'DD/MM/YYYY', 'Europe/Madrid')

  it('lasts from the start of the first day to the end of the last one, local time', () => {
    expect(read('01/07/2026', '15/11/2026')).toEqual({
      opensAt: '2026-06-30T22:00:00Z',
      closesAt: '2026-11-15T22:59:59Z',
    })
  })

  it('is none without both days, and has one end with one of them', () => {
    expect(read('', '')).toBeNull()
    expect(read('01/07/2026', '')).toEqual({ opensAt: '2026-06-30T22:00:00Z', closesAt: null })
    expect(read(undefined, '15/11/2026')).toMatchObject({ opensAt: null })
  })

  it('passes on a day that does not exist', () => {
    expect(read('31/02/2026', '')).toEqual({ opensAt: '2026-02-31', closesAt: null })
  })
})
