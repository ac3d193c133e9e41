import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import type { GatewayConfig } from '../config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { readGatewayConfig } from '../read-config.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const typeDefs = 'enum Tone { LOUD SOFT } type Query { greeting(tone: Tone): String }'

let subgraph: PlainSubgraph
let gateway: RunningGateway
let production: RunningGateway

function start(config: GatewayConfig): Promise<RunningGateway> {
  return startGateway({
    config: { ...config, port: 0 },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    subgraphUrls: new Map(),
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
}

beforeAll(async () => {
  subgraph = await startPlainSubgraph(() => ({ data: { greeting: 'hello' } }))
  gateway = await start(readGatewayConfig({}))
  production = await start(readGatewayConfig({ HUB_MODE: 'production' }))
})
afterAll(async () => {
  await gateway?.stop()
  await production?.stop()
  await subgraph?.stop()
})

async function ask(url: string, sent: object): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  return answer.text()
}

const misspelt = [
  { query: '{ greetin }' },
  { query: '{ greeting(tone: LOUDD) }' },
  { query: '{ greeting(ton: LOUD) }' },
  { query: 'query ($tone: Tone) { greeting(tone: $tone) }', variables: { tone: 'LOUDD' } },
]

test('production mode serves no explorer, no schema and no suggestions', async () => {
  expect((await fetch(new URL('/explorer', production.url))).status).toBe(404)
  for (const query of [
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Query") { name } }',
  ]) {
    expect(await ask(production.url, { query })).toContain('GRAPHQL_VALIDATION_FAILED')
  }
  for (const sent of misspelt) {
    const text = await ask(production.url, sent)
    expect(text).toContain('"errors"')
    expect(text).not.toMatch(/did you mean|"greeting"|\\"LOUD\\"/i)
  }
  expect(await ask(production.url, { query: '{ greeting __typename }' })).toContain('hello')
})

test('development mode does, and production can be told to', async () => {
  for (const sent of misspelt) expect(await ask(gateway.url, sent)).toMatch(/Did you mean/)
  const told = readGatewayConfig({
    HUB_MODE: 'production',
    HUB_EXPLORER: 'true',
    HUB_INTROSPECTION: 'true',
    HUB_SUGGESTIONS: 'true',
  })
  expect(told).toMatchObject({
    isExplorerEnabled: true,
    isIntrospectionEnabled: true,
    areSuggestionsEnabled: true,
  })
})
