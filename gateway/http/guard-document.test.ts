import { expect, it } from 'vitest'
import { guardDocument } from './guard-document.js'

const aliases = Array.from({ length: 10_000 }, (_, index) => `a${index}: __typename`).join(' ')

it.each([
  ['a body', { query: `{ ${aliases} }` }, {}],
  ['a query string', undefined, { query: `{ ${aliases} }` }],
])('refuses ten thousand aliases in %s, with limit and code', (_where, body, search) => {
  expect(() => guardDocument(body, search)).toThrow(
    expect.objectContaining({ code: 'QUERY_TOO_LARGE' }),
  )
})

it('refuses fragments that multiply, without writing them out', () => {
  const levels = Array.from(
    { length: 40 },
    (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
  )
  const query = `{ ...F0 } ${levels.join(' ')} fragment F40 on Query { __typename }`
  expect(() => guardDocument({ query }, {})).toThrow(
    expect.objectContaining({ code: 'QUERY_TOO_LARGE' }),
  )
})

it.each([
  ['an ordinary operation', { query: '{ institutions { name } }' }],
  ['a text that is no GraphQL', { query: '{ institutions {' }],
  ['a body without a query', { extensions: {} }],
  ['no body', undefined],
  ['a query of another type', { query: 7 }],
])('lets %s pass', (_what, body) => {
  expect(() => guardDocument(body, {})).not.toThrow()
})
