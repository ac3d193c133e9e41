import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { defaultGatewayConfig } from '../config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const typeDefs = 'type Query { greeting: String farewell: String } type Mutation { greet: String }'

let subgraph: PlainSubgraph
let gateway: RunningGateway
let asked: string[] = []

beforeAll(async () => {
  subgraph = await startPlainSubgraph(async (body) => {
    asked.push(body)
    if (body.includes('mutation')) return { data: { greet: 'hi' } }
    return { data: body.includes('farewell') ? { farewell: 'bye' } : { greeting: 'hello' } }
  })
  gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500 },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    subgraphUrls: new Map(),
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
})

afterAll(async () => {
  await gateway?.stop()
  await subgraph?.stop()
})

beforeEach(() => {
  asked = []
})

async function ask(body: unknown) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(gateway.url, { method: 'POST', headers, body: JSON.stringify(body) })
  return readAnswer(answer)
}

async function askByGet(parameters: Record<string, string>) {
  const headers = { 'apollo-require-preflight': 'yes' }
  return readAnswer(await fetch(`${gateway.url}?${new URLSearchParams(parameters)}`, { headers }))
}

async function readAnswer(answer: Response) {
  const { data, errors } = await answer.json()
  return { status: answer.status, data, code: errors?.[0].extensions.code }
}

const refused = { status: 400, data: undefined, code: 'OPERATION_NOT_PLANNABLE' }

test.each([
  ['a name that is not there', '{ greeting }', 'Other'],
  ['the empty name', '{ greeting }', ''],
  ['a blank name', '{ greeting }', ' '],
  ['the name of every object', '{ greeting }', '__proto__'],
  ['the empty name where one operation has a name', 'query A { greeting }', ''],
  ['the name of a fragment', 'query A { ...F } fragment F on Query { greeting }', 'F'],
  ['a name in another case', 'query A { greeting }', 'a'],
  ['the empty name among several', 'query A { greeting } query B { farewell }', ''],
  ['a name that is not among several', 'query A { greeting } query B { farewell }', 'C'],
  ['no name where there are several', 'query A { greeting } query B { farewell }', undefined],
  ['null where there are several', 'query A { greeting } query B { farewell }', null],
  ['a mutation by the empty name', 'mutation { greet }', ''],
])(
  'refuses %s without asking a member, known text or not',
  async (_title, query, operationName) => {
    expect(await ask({ query, operationName })).toEqual(refused)
    expect(await ask({ query, operationName })).toEqual(refused)
    // A name that exists makes the same text known.
    const name = query.includes('A') ? 'A' : undefined
    expect((await ask({ query, operationName: name })).data).toBeDefined()
    asked = []
    expect(await ask({ query, operationName })).toEqual(refused)
    expect(asked).toEqual([])
  },
)

test('does not mix up a name and the beginning of a text', async () => {
  expect((await ask({ query: 'query { greeting }' })).data).toEqual({ greeting: 'hello' })
  expect((await ask({ query: 'mutation { greet }' })).data).toEqual({ greet: 'hi' })
  asked = []
  expect(await ask({ query: '{ greeting }', operationName: 'query' })).toEqual(refused)
  expect(await ask({ query: '{ greet }', operationName: 'mutation' })).toMatchObject({
    data: undefined,
    code: 'GRAPHQL_VALIDATION_FAILED',
  })
  expect(asked).toEqual([])
})

test.each([[1], [true], [['A']], [{ A: 1 }]])('refuses the operation name %j', async (name) => {
  const query = 'query A { greeting }'
  await ask({ query, operationName: 'A' })
  asked = []
  const answer = await ask({ query, operationName: name })
  expect(answer).toEqual({ status: 400, data: undefined, code: 'BAD_REQUEST' })
  expect(asked).toEqual([])
})

test('answers the only operation for its name, for null and for none', async () => {
  const query = 'query Only { greeting }'
  for (const body of [
    { query },
    { query, operationName: null },
    { query, operationName: 'Only' },
  ]) {
    expect(await ask(body)).toMatchObject({ status: 200, data: { greeting: 'hello' } })
    expect(await ask(body)).toMatchObject({ status: 200, data: { greeting: 'hello' } })
  }
})

// GraphQL over HTTP, "GET": an empty parameter is none; `null` there is the name "null".
test('takes an empty name in a URL for none, and no other', async () => {
  const query = '{ greeting }'
  expect(await askByGet({ query, operationName: '' })).toMatchObject({
    data: { greeting: 'hello' },
  })
  expect(await askByGet({ operationName: '', query })).toMatchObject({
    data: { greeting: 'hello' },
  })
  expect(await askByGet({ query, operationName: 'null' })).toEqual(refused)
  const named = { query: 'query null { greeting }', operationName: 'null' }
  expect(await askByGet(named)).toMatchObject({ data: { greeting: 'hello' } })
})
