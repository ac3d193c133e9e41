import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readGatewayConfig } from '../../gateway/index.js'
import { longestStallMs, measureAttack } from './attack-cost.js'
import { type AttackAnswer, type AttackTarget, startAttackTarget, times } from './attack-target.js'

// Items of the OWASP GraphQL Cheat Sheet, by its headings. Who may see what is tested with the access rules and in the subgraphs.
let target: AttackTarget

beforeAll(async () => {
  const config = {
    ...readGatewayConfig({ HUB_MODE: 'production', HUB_RATE_ANONYMOUS: '100000000' }),
    port: 0,
  }
  target = await startAttackTarget({
    subgraphs: {
      words: `
        enum Tone { LOUD SOFT }
        scalar Any
        type Word { text: String near: [Word!] }
        type Query { word(id: ID, tone: Tone, value: Any): Word words(first: Int): [Word!] fails: String }
        type Mutation { login(code: String!): String }
      `,
    },
    answer: (body) =>
      body.includes('fails')
        ? {
            data: { fails: null },
            errors: [
              {
                message: 'relation "learner" does not exist at /srv/app.js:1',
                path: ['fails'],
                extensions: { stacktrace: ['at query (/srv/app.js:1:1)'] },
              },
            ],
          }
        : { data: { word: { text: 'a' } } },
    config,
  })
  await target.post({ query: '{ word { text } }' })
})
afterAll(() => target?.stop())

async function attack(name: string, body: unknown): Promise<AttackAnswer> {
  const before = target.subgraph.received.length
  const { result, cost } = await measureAttack(`OWASP ${name}`, () => target.post(body))
  expect(target.subgraph.received.length).toBe(before)
  expect(cost.stallMs).toBeLessThan(longestStallMs)
  return result
}

describe('input validation', () => {
  const query = 'query ($id: ID, $tone: Tone) { word(id: $id, tone: $tone) { text } }'
  test.each([
    ['a value that is not in the enum', { query, variables: { tone: "LOUD' OR 1=1" } }],
    ['an object where a scalar is due', { query, variables: { id: { $ne: null } } }],
    ['an operator of a database', { query, variables: { id: [{ $gt: '' }] } }],
    ['variables that are no object', { query, variables: 'id=1' }],
  ])('%s never reaches a subgraph', async (name, body) => {
    expect(await attack(`input validation: ${name}`, body)).toMatchObject({ status: 400 })
  })

  test('injection: what is a text stays a variable, and is never put into a document', async () => {
    const id = '1") { text } other: word(id: "2'
    const { result } = await measureAttack('OWASP injection', () =>
      target.post({ query, variables: { id } }),
    )
    expect(result.status).toBe(200)
    const sent = JSON.parse(target.subgraph.received.at(-1) ?? '{}')
    expect(sent.query).not.toContain('other')
    expect(Object.values(sent.variables ?? {})).toContain(id)
  })

  test('prototypes cannot be polluted by a body', async () => {
    const bodies = [
      '{"query":"{word{text}}","__proto__":{"isAdmin":true}}',
      '{"query":"{word{text}}","variables":{"__proto__":{"isAdmin":true}}}',
      '{"query":"{word{text}}","constructor":{"prototype":{"isAdmin":true}}}',
    ]
    for (const body of bodies) {
      const { result } = await measureAttack('OWASP prototype pollution', () =>
        target.send('', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      )
      expect(result).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })
})

describe('denial of service', () => {
  const nested = (levels: number) =>
    `{ words ${'{ near '.repeat(levels)} { text } ${'}'.repeat(levels)} }`
  test.each([
    ['depth limiting', { query: nested(60) }, 'QUERY_TOO_LARGE'],
    ['depth limiting, where lists multiply', { query: nested(10) }, 'COST_EXCEEDED'],
    [
      'amount limiting',
      { query: '{ words(first: 100000000) { near { text } } }' },
      'COST_EXCEEDED',
    ],
    [
      'amount limiting by aliases',
      { query: `{ ${times(1_000, (at) => `a${at}: word { text }`)} }` },
      'QUERY_TOO_LARGE',
    ],
    [
      'amount limiting by one field',
      { query: `{ ${'word { text } '.repeat(3_000)} }` },
      'QUERY_TOO_LARGE',
    ],
    [
      'directive overloading',
      { query: `{ word { text ${'@include(if: true) '.repeat(2_000)} } }` },
      'QUERY_TOO_LARGE',
    ],
    [
      'circular fragments',
      {
        query:
          '{ word { ...A } } fragment A on Word { near { ...B } } fragment B on Word { near { ...A } }',
      },
      'QUERY_TOO_LARGE',
    ],
    [
      'tokens',
      {
        query: `{ word(id: "${'x'.repeat(10)}") { text } ${'# \n'.repeat(10)} ${'text '.repeat(11_000)} }`,
      },
      'QUERY_TOO_LARGE',
    ],
    [
      'pagination beyond any page',
      { query: 'query ($n: Int) { words(first: $n) { text } }', variables: { n: 2_147_483_647 } },
      'COST_EXCEEDED',
    ],
    [
      'long lists as arguments',
      {
        query: 'query ($v: Any) { word(value: $v) { text } }',
        variables: { v: Array(5_000).fill(1) },
      },
      'QUERY_TOO_LARGE',
    ],
    [
      'deep variables',
      `{"query":"query ($v: Any) { word(value: $v) { text } }","variables":{"v":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      'QUERY_TOO_LARGE',
    ],
    [
      'batching attacks',
      Array(500).fill({ query: 'mutation { login(code: "0000") }' }),
      'QUERY_TOO_LARGE',
    ],
  ])('%s: refused before anybody is asked', async (name, body, code) => {
    expect(await attack(`denial of service: ${name}`, body)).toMatchObject({ status: 400, code })
  })

  test('batching attacks by aliases cost what they ask', async () => {
    const query = `mutation { ${times(150, (at) => `a${at}: login(code: "${at}")`)} }`
    const { result } = await measureAttack('OWASP brute force by aliases', () =>
      fetch(target.gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }),
    )
    expect(Number(result.headers.get('hub-cost'))).toBe(1_500)
  })
})

describe('general', () => {
  test('excessive errors: neither stack traces nor a subgraph’s own words reach the client', async () => {
    const { result } = await measureAttack('OWASP excessive errors', () =>
      target.post({ query: '{ fails }' }),
    )
    expect(result.text).toContain('"errors"')
    expect(result.text).not.toMatch(/relation|learner|srv|stack|127\.0\.0\.1/)
  })

  test('introspection, explorer and suggestions are off in production', async () => {
    const body = { query: '{ __schema { types { name } } }' }
    expect(await attack('introspection', body)).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' })
    const misspelt = await attack('suggestions', { query: '{ wrod { text } }' })
    expect(misspelt.text).not.toMatch(/did you mean/i)
    const page = await fetch(new URL('/explorer', target.gateway.url))
    expect(page.status).toBe(404)
  })

  test('mutations by GET and requests by foreign pages are refused', async () => {
    const search = `?query=${encodeURIComponent('mutation { login(code: "1") }')}`
    const byForm = await target.send(search, {})
    expect(byForm).toMatchObject({ status: 400, code: 'PREFLIGHT_REQUIRED' })
    const byGet = await target.send(search, { headers: { 'apollo-require-preflight': '1' } })
    expect(byGet.status).toBe(405)
  })
})
