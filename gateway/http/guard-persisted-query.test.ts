import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { guardPersistedQuery } from './guard-persisted-query.js'

const query = '{ institutions { name } }'
const sha256Hash = createHash('sha256').update(query).digest('hex')
const otherHash = createHash('sha256').update('{ other }').digest('hex')

const refused: [string, unknown, { query?: string }][] = [
  ['another version', { version: 2, sha256Hash }, { query }],
  ['a version of a wrong type', { version: ['1'], sha256Hash }, {}],
  ['no version', {}, {}],
  ['something that is no object', 'x', {}],
  ['no hash', { version: 1 }, { query }],
  ['a hash of a wrong type', { version: 1, sha256Hash: [sha256Hash] }, {}],
  ['a hash in upper case', { version: 1, sha256Hash: sha256Hash.toUpperCase() }, {}],
  ['the hash of another text', { version: 1, sha256Hash: otherHash }, { query }],
]

test.each(refused)('refuses %s in a body, a batch and a URL, with a code', (_what, asked, rest) => {
  const extensions = { persistedQuery: asked }
  const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT' })
  const body = { ...rest, extensions }
  const search = { ...rest, extensions: JSON.stringify(extensions) }
  expect(() => guardPersistedQuery(body, {})).toThrow(refusal)
  expect(() => guardPersistedQuery([{ query }, body], {})).toThrow(refusal)
  expect(() => guardPersistedQuery(undefined, search)).toThrow(refusal)
})

test.each([
  ['the hash alone', { extensions: { persistedQuery: { version: 1, sha256Hash } } }],
  ['the hash with its text', { query, extensions: { persistedQuery: { version: 1, sha256Hash } } }],
  ['no persisted query', { query, extensions: { persistedQuery: null } }],
  ['other extensions', { query, extensions: { other: 1 } }],
  ['extensions of a wrong type', { query, extensions: 'x' }],
  ['no object', null],
])('lets %s pass', (_what, body) => {
  expect(() => guardPersistedQuery(body, {})).not.toThrow()
})

test('leaves broken extensions of a URL to Apollo Server', () => {
  expect(() => guardPersistedQuery(undefined, { query, extensions: '{' })).not.toThrow()
  expect(() => guardPersistedQuery(undefined, { query, extensions: ['{}', '{}'] })).not.toThrow()
})
