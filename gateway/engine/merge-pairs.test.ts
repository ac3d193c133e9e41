import { expect, test } from 'vitest'
import { defaultOperationLimits } from './operation-size.js'
import { parseWithinLimits } from './parse-within-limits.js'

const parse = (query: string, limit: number) =>
  parseWithinLimits(query, { ...defaultOperationLimits, maximumMergePairs: limit })

test.each([
  ['fields of one key', '{ a a a a }', 6],
  ['fields of one key behind different parents of one key', '{ o { a } o { a b } x: o { a } }', 2],
  ['fields in fragments', '{ ...F a ... { a } } fragment F on Q { a }', 3],
  ['aliases that are one key', '{ k: a k: a }', 1],
])('%s are pairs', (_name, query, pairs) => {
  expect(() => parse(query, pairs)).not.toThrow()
  expect(() => parse(query, pairs - 1)).toThrow(
    expect.objectContaining({
      code: 'QUERY_TOO_LARGE',
      message: `the operation has ${pairs} pairs of fields to merge, the limit is ${pairs - 1}`,
    }),
  )
})

test('a text with too many tokens is refused before it is parsed to its end', () => {
  expect(() =>
    parseWithinLimits('{ a b c d e', { ...defaultOperationLimits, maximumTokens: 3 }),
  ).toThrow(expect.objectContaining({ code: 'QUERY_TOO_LARGE', details: { limit: 3 } }))
})
