import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultGatewayConfig, type RunningGateway, startGateway } from '../../gateway/index.js'
import { silentLogger } from '../../infra/runtime/index.js'
import { issueTestToken, testIssuer } from '../setup/issue-test-token.js'
import { longestStallMs, measureAttack } from './attack-cost.js'
import { type PlainSubgraph, startPlainSubgraph } from './plain-subgraph.js'

const secret = 'protected-7c41'

/** One server for both subgraphs of the supergraph: it answers whatever it is asked, secrets included. */
const schema = buildSubgraphSchema([
  {
    typeDefs: parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
    type Query { records: [Record] node: Node person: Person union: Either renamed: Renamed }
    interface Record { id: ID ssn: String }
    interface Node { id: ID secret: String }
    union Either = Person | Doc
    type Person implements Record @key(fields: "id") { id: ID ssn: String rating: String }
    type Doc implements Node { id: ID secret: String }
    type Renamed { plain: String ssn: String scoped: String }
  `),
    resolvers: {
      Record: { __resolveType: () => 'Person' },
      Node: { __resolveType: () => 'Doc' },
      Either: { __resolveType: () => 'Doc' },
      Person: {
        __resolveReference: ({ ssn }: { ssn?: string }) => ({
          id: '1',
          ssn: secret,
          rating: ssn ?? 'nobody',
        }),
      },
    },
  },
])
const rootValue = {
  records: [{ id: '1', ssn: secret }],
  person: { id: '1', ssn: secret },
  node: { id: '2', secret },
  union: { id: '2', secret },
  renamed: { plain: 'plain', ssn: secret, scoped: secret },
}

/** Written by hand: no composer stands between these rules and the gateway. */
const toSupergraph = (url: string) => `
  schema
    @link(url: "https://specs.apollo.dev/link/v1.0")
    @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "mustLogIn", for: SECURITY)
    @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", import: [{ name: "@requiresScopes", as: "@needs" }], for: SECURITY)
    { query: Query }
  directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT | INTERFACE | UNION | SCALAR
  directive @join__field(graph: join__Graph, requires: join__FieldSet, external: Boolean) repeatable on FIELD_DEFINITION
  directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT
  directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
  directive @mustLogIn on FIELD_DEFINITION | OBJECT | INTERFACE
  directive @needs(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE
  scalar join__FieldSet
  scalar link__Import
  enum link__Purpose { SECURITY EXECUTION }
  enum join__Graph { A @join__graph(name: "a", url: "${url}") B @join__graph(name: "b", url: "${url}") }
  type Query @join__type(graph: A) { records: [Record] node: Node person: Person union: Either renamed: Renamed }
  interface Record @join__type(graph: A) { id: ID ssn: String @mustLogIn }
  interface Node @join__type(graph: A) { id: ID secret: String }
  union Either @join__type(graph: A) @join__unionMember(graph: A, member: "Person") @join__unionMember(graph: A, member: "Doc") = Person | Doc
  type Person implements Record @join__implements(graph: A, interface: "Record") @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {
    id: ID
    ssn: String @join__field(graph: A) @join__field(graph: B, external: true)
    rating: String @join__field(graph: B, requires: "ssn")
  }
  type Doc implements Node @join__implements(graph: A, interface: "Node") @join__type(graph: A) { id: ID secret: String @mustLogIn }
  type Renamed @join__type(graph: A) { plain: String ssn: String @mustLogIn scoped: String @needs(scopes: [["read:scoped"]]) }
`

let subgraph: PlainSubgraph
let gateway: RunningGateway
let token: string

beforeAll(async () => {
  subgraph = await startPlainSubgraph(async (body) => {
    const { query, variables } = JSON.parse(body)
    return graphql({ schema, source: query, rootValue, variableValues: variables })
  })
  gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500 },
    supergraphSdl: toSupergraph(subgraph.url),
    issuers: [testIssuer.config],
    subgraphUrls: new Map(),
    rootDirectory: process.cwd(),
    examplesDirectory: null,
    log: silentLogger,
  })
  token = await issueTestToken({ role: 'learner', member: 'dcu' })
})
afterAll(async () => {
  await gateway?.stop()
  await subgraph?.stop()
})

async function ask(query: string, bearer?: string): Promise<string> {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify({ query }),
  })
  return answer.text()
}

describe.each([
  [
    'GHSA-x33c-7c2v-mrj9 (CVE-2025-64173): a protected field of an object, asked through an interface that does not protect it',
    [
      '{ node { id secret } }',
      '{ node { ...N } } fragment N on Node { secret }',
      '{ node { ... on Doc { secret } } }',
      '{ union { ... on Node { secret } } }',
      '{ union { ... on Doc { alias: secret } } }',
    ],
  ],
  [
    'GHSA-mx7m-j9xf-62hw (CVE-2025-64530): a field protected on an interface, asked of the objects behind it',
    [
      '{ records { ssn } }',
      '{ records { ... on Person { ssn } } }',
      '{ person { ssn } }',
      '{ person { ...P } } fragment P on Person { a: ssn }',
      '{ union { ... on Person { ssn } } records { ... on Record { ssn } } }',
    ],
  ],
  [
    'GHSA-m8jr-fxqx-8xx6: a field that is made of a protected one by @requires',
    [
      '{ person { rating } }',
      '{ records { ... on Person { rating } } }',
      '{ person { id r: rating } }',
    ],
  ],
  [
    'GHSA-g8jh-vg5j-4h3f (CVE-2025-64347): directives imported under another name',
    [
      '{ renamed { ssn } }',
      '{ renamed { plain a: ssn } }',
      '{ renamed { scoped } }',
      '{ renamed { ...R } } fragment R on Renamed { ssn scoped }',
    ],
  ],
])('%s', (name, queries) => {
  test('is nowhere to be read without a token, and never asked for', async () => {
    const { result, cost } = await measureAttack(name, async () => {
      const answers: string[] = []
      // Twice: the second time the operation is known.
      for (const query of [...queries, ...queries]) answers.push(await ask(query))
      return answers
    })
    for (const text of result) {
      expect(text).not.toContain(secret)
      // An empty union is no error; everything else says why.
      if (!text.includes('{"union":{}')) expect(text).toMatch(/UNAUTHENTICATED|FORBIDDEN|"union"/)
    }
    expect(cost.stallMs).toBeLessThan(longestStallMs)
  })
})

test('with a token the same fields are there, and scopes still count', async () => {
  expect(await ask('{ node { secret } }', token)).toContain(secret)
  expect(await ask('{ person { ssn rating } }', token)).toContain(`"rating":"${secret}"`)
  expect(await ask('{ renamed { ssn } }', token)).toContain(secret)
  expect(await ask('{ renamed { scoped } }', token)).not.toContain(secret)
  const scoped = await issueTestToken({ role: 'learner', member: 'dcu', scopes: ['read:scoped'] })
  expect(await ask('{ renamed { scoped } }', scoped)).toContain(secret)
})

test('no protected field was asked of the subgraph for somebody without a token', async () => {
  const from = subgraph.received.length
  for (const query of [
    '{ person { id ssn } }',
    '{ node { id secret } }',
    '{ person { id rating } }',
  ])
    await ask(query)
  for (const body of subgraph.received.slice(from)) expect(body).not.toMatch(/ssn|secret|rating/)
})
