import { expect, test } from 'vitest'
import { createErrorPositions } from './error-positions.js'

test('a null is explained by a failure at, above or below it, and by nothing beside it', () => {
  const positions = createErrorPositions()
  positions.add(['people', 1, 'age'])
  for (const path of [
    [],
    ['people'],
    ['people', 1],
    ['people', 1, 'age'],
    ['people', 1, 'age', 'x'],
  ]) {
    expect(positions.explains(path)).toBe(true)
  }
  for (const path of [['people', 0], ['people', 1, 'name'], ['shops']]) {
    expect(positions.explains(path)).toBe(false)
  }
})

test('without any failure nothing below the root is explained', () => {
  expect(createErrorPositions().explains(['a'])).toBe(false)
})
