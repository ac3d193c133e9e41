import { connect } from 'node:net'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { defaultGatewayConfig, type GatewayConfig } from '../config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'
import { defaultDoorConfig } from './door-config.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const typeDefs =
  'enum Tone { LOUD SOFT } type Query { greeting(tone: Tone): String } type Mutation { greet: String }'
const json = { 'content-type': 'application/json' }
const body = JSON.stringify({ query: '{ greeting }' })

const zeros = Buffer.alloc(100_000_000)
// Quality 1: making it must not take longer than the suite.
const bombs = {
  gzip: gzipSync(zeros),
  br: brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
}

let subgraph: PlainSubgraph
let gateway: RunningGateway

function start(config: Partial<GatewayConfig> = {}): Promise<RunningGateway> {
  return startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500, ...config },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    subgraphUrls: new Map(),
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
}

beforeAll(async () => {
  subgraph = await startPlainSubgraph((asked) =>
    asked.includes('mutation') ? { data: { greet: 'hi' } } : { data: { greeting: 'hello' } },
  )
  gateway = await start()
})
afterAll(async () => {
  await gateway?.stop()
  await subgraph?.stop()
})

async function read(answer: Response) {
  const text = await answer.text()
  return { status: answer.status, text, code: /"code":"(\w+)"/.exec(text)?.[1] }
}

describe('requests a foreign page could make a browser send', () => {
  // Known and unknown texts: the short way past Apollo Server must not be a way around.
  const query = encodeURIComponent('{ greeting }')
  test.each([
    ['a GET', 'GET', `?query=${query}`, undefined, {}],
    [
      'a GET with an unusual content type',
      'GET',
      `?query=${query}`,
      undefined,
      { 'content-type': 'message/x' },
    ],
    ['a GET of a persisted query', 'GET', '?extensions={"persistedQuery":{}}', undefined, {}],
    ['a form', 'POST', '', body, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', 'POST', '', body, { 'content-type': 'text/plain' }],
    ['a lookalike of JSON', 'POST', '', body, { 'content-type': 'text/plain; application/json' }],
    [
      'an empty custom header',
      'GET',
      `?query=${query}`,
      undefined,
      { 'apollo-require-preflight': '' },
    ],
  ])('%s is refused and asks nobody', async (_title, method, search, sent, headers) => {
    await fetch(gateway.url, { method: 'POST', headers: json, body }).then(read)
    const before = subgraph.received.length
    const answer = await fetch(gateway.url + search, {
      method,
      headers: headers as Record<string, string>,
      ...(sent !== undefined && { body: sent }),
    }).then(read)
    expect([400, 415]).toContain(answer.status)
    expect(answer.code).toMatch(/^(PREFLIGHT_REQUIRED|BAD_USER_INPUT)$/)
    expect(subgraph.received.length).toBe(before)
  })

  test('a GET with the header that needs a preflight is answered', async () => {
    const answer = await fetch(`${gateway.url}?query=${query}`, {
      headers: { 'apollo-require-preflight': '1' },
    }).then(read)
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('hello') })
  })
})

describe('pages of other origins', () => {
  const ask = (url: string, origin: string, method = 'POST') =>
    fetch(url, {
      method,
      headers: {
        ...json,
        origin,
        ...(method === 'OPTIONS' && { 'access-control-request-method': 'POST' }),
      },
      ...(method === 'POST' && { body }),
    })

  test('in production nobody may call unless listed, and those listed may, without credentials', async () => {
    const door = { ...defaultDoorConfig, allowedOrigins: ['https://portal.example'] }
    const closed = await start({ mode: 'production' })
    const open = await start({ mode: 'production', door })
    try {
      for (const origin of ['https://portal.example', 'http://localhost:3000', 'null']) {
        const { headers } = await ask(closed.url, origin)
        expect(headers.get('access-control-allow-origin')).toBeNull()
      }
      const listed = await ask(open.url, 'https://portal.example', 'OPTIONS')
      expect([listed.status, listed.headers.get('access-control-allow-origin')]).toEqual([
        204,
        'https://portal.example',
      ])
      expect(listed.headers.get('access-control-allow-credentials')).toBeNull()
      expect(listed.headers.get('vary')).toContain('Origin')
      for (const origin of [
        'https://portal.example.evil.test',
        'http://portal.example',
        'http://localhost',
      ]) {
        const { headers } = await ask(open.url, origin, 'OPTIONS')
        expect(headers.get('access-control-allow-origin')).toBeNull()
      }
    } finally {
      await closed.stop()
      await open.stop()
    }
  })

  test('in development pages of this machine may call', async () => {
    const answer = await ask(gateway.url, 'http://localhost:5173')
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    const foreign = await ask(gateway.url, 'http://localhost.evil.test')
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('headers of answers', () => {
  test('the explorer runs no inline script and may not be framed', async () => {
    const page = await fetch(new URL('/explorer', gateway.url))
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    const html = await page.text()
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i)
    for (const [, source = ''] of html.matchAll(/<script src="([^"]+)"/g)) {
      const script = await fetch(new URL(source, gateway.url))
      expect([script.status, script.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/javascript/),
      ])
    }
  })

  test('answers of the API are not guessed at and not stored', async () => {
    for (const query of ['{ greeting }', '{ greeting }', '{ unknown }']) {
      const sent = JSON.stringify({ query })
      const { headers } = await fetch(gateway.url, { method: 'POST', headers: json, body: sent })
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })
})

describe('compressed bodies', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('a %s body is read', async (encoding, compress) => {
    const answer = await fetch(gateway.url, {
      method: 'POST',
      headers: { ...json, 'content-encoding': encoding },
      body: compress(body),
    }).then(read)
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('hello') })
  })

  test.each([
    ['gzip', bombs.gzip],
    ['br', bombs.br],
  ])('a %s bomb is refused at the limit and unpacked no further', async (encoding, bomb) => {
    expect(bomb.length).toBeLessThan(defaultGatewayConfig.bodyLimitBytes)
    const startedAt = process.cpuUsage()
    const answer = await fetch(gateway.url, {
      method: 'POST',
      headers: { ...json, 'content-encoding': encoding },
      body: bomb,
    }).then(read)
    const { user, system } = process.cpuUsage(startedAt)
    expect(answer).toMatchObject({ status: 413, code: 'QUERY_TOO_LARGE' })
    // Unpacking all of it takes several times as long.
    expect((user + system) / 1_000).toBeLessThan(150)
  })

  test('damaged and unknown encodings are the client’s fault, said with a code', async () => {
    const ask = (encoding: string) =>
      fetch(gateway.url, {
        method: 'POST',
        headers: { ...json, 'content-encoding': encoding },
        body,
      }).then(read)
    expect(await ask('gzip')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(await ask('zstd')).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' })
    expect(await ask('gzip, gzip')).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' })
    expect(await ask('__proto__')).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' })
  })
})

describe('slow clients', () => {
  test.each([
    ['drips its headers', 'POST /graphql HTTP/1.1\r\nhost: t\r\n', 'x'],
    [
      'drips its body',
      'POST /graphql HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{',
      ' ',
    ],
  ])('one that %s is cut off, and others are served meanwhile', async (_title, head, drip) => {
    const door = { ...defaultDoorConfig, headersTimeoutMs: 300, receiveTimeoutMs: 400 }
    const small = await start({ door })
    const socket = connect(small.port, '127.0.0.1')
    try {
      socket.on('error', () => {})
      socket.write(head)
      const dripping = setInterval(() => socket.write(drip), 50)
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.resume()
      const other = await fetch(small.url, { method: 'POST', headers: json, body }).then(read)
      expect(other.status).toBe(200)
      await closed
      clearInterval(dripping)
    } finally {
      socket.destroy()
      await small.stop()
    }
  })
})

describe('batches', () => {
  const batch = (size: number) => JSON.stringify(Array(size).fill({ query: '{ greeting }' }))
  const ask = (url: string, size: number) =>
    fetch(url, { method: 'POST', headers: json, body: batch(size) }).then(read)

  test('are refused by default, and beyond their limit where there are any', async () => {
    expect(await ask(gateway.url, 3)).toMatchObject({ status: 400, code: 'QUERY_TOO_LARGE' })
    const batching = await start({ door: { ...defaultDoorConfig, batchLimit: 3 } })
    try {
      expect(JSON.parse((await ask(batching.url, 3)).text)).toEqual(
        Array(3).fill({ data: { greeting: 'hello' } }),
      )
      const refused = await ask(batching.url, 4)
      expect(refused.text).toContain('the batch has 4 operations, the limit is 3')
    } finally {
      await batching.stop()
    }
  })
})
