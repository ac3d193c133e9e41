import { expect, test } from 'vitest'
import { foldText, toSortText } from './sort-text.js'

test.each([
  ['Łódź', 'lodz'],
  ['Ångström & Ærø', 'angstrom aero'],
  ['  Künstliche   Intelligenz: Grundlagen!', 'kunstliche intelligenz grundlagen'],
  ['Straße', 'strasse'],
  ['C++ 2.0', 'c 2 0'],
  ['Œuvre — ĮVADAS', 'oeuvre ivadas'],
])('%s is ordered as %s', (title, expected) => {
  expect(toSortText(title)).toBe(expected)
})

test('folding keeps what is neither accent nor capital', () => {
  expect(foldText('Tekoäly, Ðð 人工知能')).toBe('tekoaly, dd 人工知能')
})
