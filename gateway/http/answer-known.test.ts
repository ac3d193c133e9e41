import { parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { anonymousPrincipal } from '../../schema/index.js'
import { createEngine, type Engine } from '../engine/engine.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import { composeWords } from '../process/plain-subgraph.fixture.js'
import { createKnownAnswerer, type KnownAnswerer } from './answer-known.js'
import { createKnownOperations } from './known-operations.js'
import { OpenRequest } from './requests-in-flight.js'

const query = '{ greeting }'
const mutation = 'mutation { greet }'

let engine: Engine
let answerKnown: KnownAnswerer
let asked: PromiseWithResolvers<SubgraphAnswer>[]

beforeAll(async () => {
  const typeDefs = 'type Query { greeting: String } type Mutation { greet: String }'
  engine = createEngine({
    supergraphSdl: composeWords(typeDefs, 'http://words.invalid/'),
    openClient: () => ({
      execute: () => {
        const held = Promise.withResolvers<SubgraphAnswer>()
        asked.push(held)
        return held.promise
      },
    }),
    log: silentLogger,
  })
})

beforeEach(async () => {
  asked = []
  answerKnown = createAnswerer(true)
})

afterAll(() => {
  for (const { resolve } of asked) resolve({ data: null, errors: [{ message: 'end' }] })
})

function createAnswerer(isSharing: boolean): KnownAnswerer {
  const known = {
    find: (text: string) => ({
      document: parse(text),
      queryHash: text,
      engine,
      isQuery: text === query,
    }),
    recorder: createKnownOperations(() => engine).recorder,
  }
  return createKnownAnswerer({ known, isSharing })
}

function ask(text: string, who: 'anybody' | 'somebody' = 'anybody') {
  const raw = { headers: { 'content-type': 'application/json' } }
  const request = { raw, method: 'POST', body: { query: text }, bodyText: text }
  const context = new OpenRequest(raw as never, performance.now() + 10_000)
  if (who === 'somebody') {
    context.identify({ ...anonymousPrincipal, kind: 'person', subjectId: 'synthetic-1' })
  }
  return answerKnown(request as never, context)
}

async function untilAsked(times: number): Promise<void> {
  await expect.poll(() => asked.length).toBe(times)
}

test('equal queries of anonymous callers under way at the same time are executed once', async () => {
  const answers = [ask(query), ask(query), ask(query)]
  await untilAsked(1)
  asked[0]?.resolve({ data: { greeting: 'hi' } })
  const bodies = (await Promise.all(answers)).map((answer) =>
    answer?.kind === 'complete' ? answer.body : undefined,
  )
  expect(bodies).toEqual(Array(3).fill('{"data":{"greeting":"hi"}}\n'))
  expect(asked).toHaveLength(1)
})

test('what a caller with a token asks is executed for that caller alone', async () => {
  const answers = [ask(query), ask(query, 'somebody'), ask(query, 'somebody')]
  await untilAsked(3)
  for (const { resolve } of asked) resolve({ data: { greeting: 'hi' } })
  await Promise.all(answers)
})

test('mutations are never shared, and a query after one joins none from before it', async () => {
  const before = ask(query)
  await untilAsked(1)
  const mutations = [ask(mutation), ask(mutation)]
  await untilAsked(3)
  for (const { resolve } of asked.slice(1)) resolve({ data: { greet: 'done' } })
  await Promise.all(mutations)
  const after = ask(query)
  await untilAsked(4)
  for (const { resolve } of asked) resolve({ data: { greeting: 'hi' } })
  await Promise.all([before, after])
})

test('an answer with errors is not shared: each request asks for itself', async () => {
  const answers = [ask(query), ask(query)]
  await untilAsked(1)
  asked[0]?.resolve({ data: { greeting: null }, errors: [{ message: 'no', path: ['greeting'] }] })
  await untilAsked(2)
  asked[1]?.resolve({ data: { greeting: 'hi' } })
  expect((await Promise.all(answers)).map((answer) => answer?.kind)).toEqual(['faulty', 'complete'])
})

test('nothing is shared when sharing is off', async () => {
  answerKnown = createAnswerer(false)
  const answers = [ask(query), ask(query)]
  await untilAsked(2)
  for (const { resolve } of asked) resolve({ data: { greeting: 'hi' } })
  await Promise.all(answers)
})
