import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { type Logger, silentLogger } from '../../infra/runtime/index.js'
import { anonymousPrincipal, HubError } from '../../schema/index.js'
import { createEngine, type Engine } from './engine.js'
import { createOutcomeLog } from './outcome-log.js'
import type { RequestContext } from './request-context.js'
import type { SubgraphAnswer, SubgraphRequest } from './subgraph-client.js'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])\n'
const services = {
  shop: `
    type Query { items: [Item!] item: Item total: Int! }
    type Mutation { buy(id: ID!): Item }
    type Item @key(fields: "id") { id: ID! name: String cost: Int }
  `,
  stock: `type Item @key(fields: "id") {
    id: ID! left: Int sold: Int!
    cost: Int @override(from: "shop", label: "percent(40)")
  }`,
}
const { supergraphSdl = '' } = composeServices(
  Object.entries(services).map(([name, typeDefs]) => ({
    name,
    url: `http://${name}/`,
    typeDefs: parse(link + typeDefs),
  })),
)

type Answering = (request: SubgraphRequest) => SubgraphAnswer | Promise<SubgraphAnswer>

function start(answers: { shop?: Answering; stock?: Answering }, log: Logger = silentLogger) {
  const asked: (SubgraphRequest & { readonly subgraph: string })[] = []
  const engine = createEngine({
    supergraphSdl,
    openClient: (name) => ({
      execute: async (request) => {
        asked.push({ subgraph: name, ...request })
        const answer = name === 'shop' ? answers.shop : answers.stock
        if (answer === undefined) throw new HubError('SUBGRAPH_UNREACHABLE')
        return answer(request)
      },
    }),
    log,
  })
  return { engine, asked }
}

function createContext(signal = new AbortController().signal): RequestContext {
  const deadlineAt = performance.now() + 1_000
  return {
    requestId: 'r1',
    signal,
    deadlineAt,
    headers: {},
    principal: anonymousPrincipal,
    outcomes: createOutcomeLog(),
  }
}

async function ask(engine: Engine, query: string, context = createContext()) {
  const { data, errors } = await engine.execute({ query }, context)
  return { data, errors: errors?.map((error) => ({ ...error.toJSON() })) }
}

const twoItems: Answering = () => ({
  data: {
    items: [
      { __typename: 'Item', id: '1' },
      { __typename: 'Item', id: '2' },
    ],
  },
})

test('a fetch that fails is one error at its path, with nulls where its data would be', async () => {
  const { engine } = start({
    shop: twoItems,
    stock: () => {
      throw new HubError('SUBGRAPH_TIMEOUT', {
        message: 'no answer from 10.1.2.3:4001',
        timeoutMs: 9,
      })
    },
  })
  expect(await ask(engine, '{ items { id left } }')).toEqual({
    data: {
      items: [
        { id: '1', left: null },
        { id: '2', left: null },
      ],
    },
    errors: [
      {
        message: 'no answer from [address]',
        path: ['items'],
        extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'stock' },
      },
    ],
  })
})

test('a fetch that fails below non-null fields is still one error', async () => {
  const { engine } = start({ shop: twoItems })
  const { data, errors } = await ask(engine, '{ items { id sold } }')
  expect(data).toEqual({ items: null })
  expect(errors).toHaveLength(1)
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'SUBGRAPH_UNREACHABLE' } })
})

test('a failing entity fetch for one object has the path of that object', async () => {
  const { engine } = start({ shop: () => ({ data: { mine: { __typename: 'Item', id: '1' } } }) })
  const { data, errors } = await ask(engine, '{ mine: item { left } }')
  expect(data).toEqual({ mine: { left: null } })
  expect(errors?.map((error) => error.path)).toEqual([['mine']])
})

test('a failing root fetch of several fields is one error', async () => {
  const { engine } = start({})
  const { data, errors } = await ask(engine, '{ items { id } total }')
  expect(data).toBeNull()
  expect(errors).toHaveLength(1)
  expect(errors?.[0]?.path).toBeUndefined()
})

test.each<[string, SubgraphAnswer]>([
  ['too few entities', { data: { _entities: [{ left: 1 }] } }],
  ['too many entities', { data: { _entities: [{ left: 1 }, { left: 2 }, { left: 3 }] } }],
  ['no list', { data: { _entities: { left: 1 } } }],
  ['no data at all', {}],
])('%s in an answer are merged nowhere and reported', async (_title, answer) => {
  const { engine } = start({ shop: twoItems, stock: () => answer })
  const { data, errors } = await ask(engine, '{ items { left } }')
  expect(data).toEqual({ items: [{ left: null }, { left: null }] })
  expect(errors).toHaveLength(1)
  expect(errors?.[0]).toMatchObject({
    path: ['items'],
    extensions: { code: 'SUBGRAPH_ANSWER_INVALID', subgraph: 'stock' },
  })
})

test('an error without a path stands for the whole fetch', async () => {
  const { engine } = start({
    shop: twoItems,
    stock: () => ({ data: null, errors: [{ message: 'overloaded' }] }),
  })
  const { data, errors } = await ask(engine, '{ items { sold } }')
  expect(data).toEqual({ items: null })
  expect(errors).toEqual([
    {
      message: 'overloaded',
      path: ['items'],
      extensions: { code: 'SUBGRAPH_ERROR', subgraph: 'stock' },
    },
  ])
})

test('equal entities are asked for once, and all get the answer', async () => {
  const item = () => ({ __typename: 'Item', id: '1' })
  const { engine, asked } = start({
    shop: () => ({ data: { items: [item(), item(), item()] } }),
    stock: () => ({ data: { _entities: [{ left: 5 }] } }),
  })
  const { data } = await ask(engine, '{ items { left } }')
  expect(data).toEqual({ items: [{ left: 5 }, { left: 5 }, { left: 5 }] })
  expect(asked[1]?.representations).toEqual({ representations: ['{"__typename":"Item","id":"1"}'] })
})

test('an empty list and a null ask for no entities', async () => {
  for (const items of [[], null]) {
    const { engine, asked } = start({ shop: () => ({ data: { items } }) })
    expect(await ask(engine, '{ items { left } }')).toEqual({ data: { items }, errors: undefined })
    expect(asked).toHaveLength(1)
  }
})

test('an aborted request asks nobody any more', async () => {
  const abort = new AbortController()
  const { engine, asked } = start({
    shop: (request) => {
      abort.abort()
      return twoItems(request)
    },
  })
  const { errors } = await ask(engine, '{ items { left } }', createContext(abort.signal))
  expect(asked).toHaveLength(1)
  expect(errors).toMatchObject([{ extensions: { code: 'REQUEST_ABORTED' } }])
})

test('a bug in a client is masked, logged with its stack and leaves the rest of the answer', async () => {
  const lines: unknown[] = []
  const log = { ...silentLogger, error: (...line: unknown[]) => lines.push(line) }
  const { engine } = start(
    {
      shop: twoItems,
      stock: () => {
        throw new TypeError('secret.internals is undefined')
      },
    },
    log,
  )
  const { data, errors } = await ask(engine, '{ items { id left } }')
  expect(data).toEqual({
    items: [
      { id: '1', left: null },
      { id: '2', left: null },
    ],
  })
  expect(JSON.stringify(errors)).not.toContain('secret')
  expect(JSON.stringify(lines)).toContain('secret.internals is undefined')
})

test('subscriptions and unknown operations are refused', async () => {
  const { engine } = start({})
  for (const query of ['subscription { items { id } }', 'query A { total } query B { total }']) {
    const { data, errors } = await ask(engine, query)
    expect(data).toBeUndefined()
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_NOT_PLANNABLE' } }])
  }
})

test('an operation has one plan per choice of conditions, and keeps the query text of its fetches', async () => {
  const { engine, asked } = start({ shop: () => ({ data: { total: 1 } }) })
  const operation = { query: 'query ($no: Boolean!) { total items @skip(if: $no) { id } }' }
  for (const no of [true, false, true]) {
    await engine.execute({ ...operation, variables: { no } }, createContext())
  }
  expect(asked.map(({ query }) => query)).toEqual(['{total}', '{total items{id}}', '{total}'])
})

test('a progressive override follows the choice made for the request', async () => {
  let percentage = 0
  const asked: string[] = []
  const engine = createEngine({
    supergraphSdl,
    openClient: (name) => ({
      execute: async () => {
        asked.push(name)
        return {
          data: { item: { __typename: 'Item', id: '1', cost: 3 }, _entities: [{ cost: 4 }] },
        }
      },
    }),
    chooseOverrides: () => ({ labels: new Set(), percentage }),
    log: silentLogger,
  })
  expect((await ask(engine, '{ item { cost } }')).data).toEqual({ item: { cost: 4 } })
  percentage = 40
  expect((await ask(engine, '{ item { cost } }')).data).toEqual({ item: { cost: 3 } })
  expect(asked).toEqual(['shop', 'stock', 'shop'])
})

test('the plan is explained to people', async () => {
  const { engine } = start({})
  const explanation = await engine.explain('{ __typename items { id: name left } }')
  expect(explanation.size).toMatchObject({ selections: 4, depth: 2, rootFields: 2 })
  expect(explanation.plan?.node?.kind).toBe('Sequence')
  expect(await engine.explain('{ __typename }')).toMatchObject({ plan: null })
  await expect(engine.explain('{ nope }')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
})

test('an answer cannot reach a prototype, and a client may use its names', async () => {
  const { engine } = start({
    shop: ({ query }) => {
      const keys = [...query.matchAll(/(\w+): name/g)].map(([, key]) => `"${key}":"Desk"`)
      return {
        data: JSON.parse(`{"item":{"__proto__":{"polluted":1},${keys.join()},"constructor":1}}`),
      }
    },
  })
  const { data } = await ask(engine, '{ item { __proto__: name constructor: name } }')
  expect(JSON.stringify(data)).toBe('{"item":{"__proto__":"Desk","constructor":"Desk"}}')
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('what is missing under the name of a property every object has is null', async () => {
  const { engine } = start({ shop: () => ({ data: { item: { id: 'i' } } }) })
  const { data } = await ask(engine, '{ item { id constructor: name } constructor: item { id } }')
  expect(JSON.stringify(data)).toBe('{"item":{"id":"i","constructor":null},"constructor":null}')
})

test('the API schema shows nothing of federation', () => {
  const { engine } = start({})
  expect(engine.apiSdl).not.toMatch(/join__|link__|__Type|@key/)
  expect(
    Object.keys(engine.apiSchema.getTypeMap()).filter((name) => name.includes('join')),
  ).toEqual([])
  expect(engine.subgraphs).toEqual([
    { name: 'shop', url: 'http://shop/' },
    { name: 'stock', url: 'http://stock/' },
  ])
})
