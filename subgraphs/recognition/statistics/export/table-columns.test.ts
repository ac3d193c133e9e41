import { expect, test } from 'vitest'
import { measures } from '../domain/measure.js'
import { familyNames } from '../domain/statistics-family.js'
import { measureIdsOf } from './table-columns.js'

const ids = measures.map(({ id }) => id)

test('every measure has one definition, and its denominator is one of them', () => {
  expect(new Set(ids).size).toBe(ids.length)
  const denominators = measures.flatMap(({ denominator }) => denominator ?? [])
  expect(denominators.length).toBeGreaterThan(5)
  expect(denominators.filter((id) => !ids.includes(id))).toEqual([])
})

test.each(familyNames)('every measure in exports of %s is defined', (family) => {
  const exported = measureIdsOf(family)
  expect(exported.length).toBeGreaterThan(1)
  expect(exported.filter((id) => !ids.includes(id))).toEqual([])
})
