import { ApolloServer, HeaderMap } from '@apollo/server'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { afterEach, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { anonymousPrincipal, formatGraphQLError } from '../../schema/index.js'
import { createEngineGateway, type EngineContext, type EngineGateway } from './engine-gateway.js'
import { createOutcomeLog } from './outcome-log.js'
import type { SubgraphClient } from './subgraph-client.js'

const first = 'type Query { greeting: String }'
const second = 'type Query { greeting: String farewell: String! }'

let apollo: ApolloServer<EngineContext> | undefined

afterEach(async () => {
  await apollo?.stop()
})

function compose(typeDefs: string): string {
  const service = { name: 'words', url: 'http://words.internal/', typeDefs: parse(typeDefs) }
  const { supergraphSdl } = composeServices([service])
  if (supergraphSdl === undefined) throw new Error('not composable')
  return supergraphSdl
}

async function start(client: SubgraphClient): Promise<EngineGateway> {
  const gateway = createEngineGateway({
    supergraphSdl: compose(first),
    openClient: () => client,
    log: silentLogger,
  })
  apollo = new ApolloServer<EngineContext>({
    gateway,
    introspection: true,
    formatError: formatGraphQLError,
    stopOnTerminationSignals: false,
  })
  await apollo.start()
  return gateway
}

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const answer = await apollo?.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['content-type', 'application/json']]),
      search: '',
      body: { query, variables },
    },
    context: async () => ({
      hub: {
        requestId: 'r1',
        signal: new AbortController().signal,
        deadlineAt: performance.now() + 1_000,
        headers: {},
        principal: anonymousPrincipal,
        outcomes: createOutcomeLog(),
      },
    }),
  })
  const body = answer?.body.kind === 'complete' ? answer.body.string : ''
  return { status: answer?.status ?? 200, ...JSON.parse(body) }
}

const greeter: SubgraphClient = {
  execute: async ({ query }) => ({
    data: query.includes('farewell') ? { farewell: 'bye' } : { greeting: 'hello' },
  }),
}

test('Apollo Server answers through the engine', async () => {
  await start(greeter)
  expect(await ask('{ greeting __schema { queryType { name } } }')).toEqual({
    status: 200,
    data: { greeting: 'hello', __schema: { queryType: { name: 'Query' } } },
  })
})

test('a refused operation has its code and status and no data', async () => {
  await start(greeter)
  const deep = `{ ${'... { '.repeat(60)} greeting ${'} '.repeat(60)} }`
  expect(await ask(deep)).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'QUERY_TOO_LARGE', limit: 50 } }],
  })
})

test('a bug in a client is masked', async () => {
  await start({
    execute: async () => {
      throw new TypeError('x.y is not a function')
    },
  })
  expect(await ask('{ greeting }')).toMatchObject({
    status: 200,
    data: { greeting: null },
    errors: [
      {
        message: 'Something went wrong inside the hub.',
        path: ['greeting'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'words' },
      },
    ],
  })
})

test('a new supergraph is served at once, while requests under way finish on the old one', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let isHeld = false
  let reportHeld = () => {}
  const isUnderWay = new Promise<void>((resolve) => {
    reportHeld = resolve
  })
  const gateway = await start({
    execute: async (request, context) => {
      if (!isHeld) {
        isHeld = true
        reportHeld()
        await held
      }
      return greeter.execute(request, context)
    },
  })
  const underWay = ask('{ greeting }')
  await isUnderWay
  gateway.swap(compose(second))
  expect(await ask('{ farewell }')).toEqual({ status: 200, data: { farewell: 'bye' } })
  release()
  expect(await underWay).toEqual({ status: 200, data: { greeting: 'hello' } })
})

test('a supergraph that cannot be loaded is refused with its faults, and the old one stays', async () => {
  const gateway = await start(greeter)
  const before = gateway.current()
  for (const sdl of ['type Query {', 'type Query { a: Int }', '']) {
    expect(() => gateway.swap(sdl)).toThrow(expect.objectContaining({ code: 'SUPERGRAPH_INVALID' }))
  }
  expect(gateway.current()).toBe(before)
  expect(await ask('{ greeting }')).toEqual({ status: 200, data: { greeting: 'hello' } })
})

test('a subgraph that stays keeps its client over swaps', async () => {
  let opened = 0
  const gateway = createEngineGateway({
    supergraphSdl: compose(first),
    openClient: () => {
      opened += 1
      return greeter
    },
    log: silentLogger,
  })
  for (const sdl of [first, second, first]) gateway.swap(compose(sdl))
  expect(opened).toBe(1)
})
