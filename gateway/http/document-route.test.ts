import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { defaultGatewayConfig } from '../config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let words: PlainSubgraph
let documents: Server
let gateway: RunningGateway
let origin: string
let seen: Seen[]

beforeAll(async () => {
  words = await startPlainSubgraph(async () => ({ data: { greeting: 'hello' } }))
  documents = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method, url, headers } = request
    seen.push({ method, url, headers, body })
    if (url?.endsWith('/silent')) return
    if (url?.endsWith('/broken')) return request.socket.destroy()
    response.writeHead(url?.includes('/teapot') ? 418 : 200, {
      'content-type': 'text/csv; charset=utf-8',
      'set-cookie': 'a=b',
      server: 'secret',
    })
    response.end('a,b\n')
  })
  await new Promise<void>((resolve) => documents.listen(0, '127.0.0.1', resolve))
  const { port } = documents.address() as AddressInfo
  gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: 0, requestTimeoutMs: 3_000, drainTimeoutMs: 200 },
    supergraphSdl: composeWords('type Query { greeting: String }', words.url),
    subgraphUrls: new Map([['documents', `http://127.0.0.1:${port}/graphql`]]),
    documentRoutes: [
      { prefix: '/papers', subgraph: 'documents', authorization: 'hub' },
      { prefix: '/protocol', subgraph: 'documents', authorization: 'subgraph' },
      { prefix: '/nowhere', subgraph: 'absent', authorization: 'hub' },
    ],
    rootDirectory: new URL('../..', import.meta.url).pathname,
    examplesDirectory: null,
    log: silentLogger,
  })
  origin = `http://127.0.0.1:${gateway.port}`
})

beforeEach(() => {
  seen = []
})

afterAll(async () => {
  await gateway?.stop()
  await words?.stop()
  documents?.closeAllConnections()
  documents?.close()
})

describe('a part of the address space that a subgraph answers', () => {
  it('is forwarded with path, query, status and body', async () => {
    const answer = await fetch(`${origin}/papers/one/teapot?a=%2F&a=2`)
    expect([answer.status, await answer.text()]).toEqual([418, 'a,b\n'])
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/papers/one/teapot?a=%2F&a=2' })
  })

  it.each([
    ['JSON', 'application/json', '{ "a": 1.0 }'],
    ['a form', 'application/x-www-form-urlencoded', 'a=1&b=2'],
    ['a multipart form', 'multipart/form-data; boundary=xx', '--xx\r\n\r\nbytes\r\n--xx--'],
  ])('gets %s byte for byte', async (_what, type, body) => {
    await fetch(`${origin}/papers`, { method: 'POST', headers: { 'content-type': type }, body })
    expect(seen[0]?.body).toBe(body)
    expect(seen[0]?.headers['content-type']).toBe(type)
  })

  it('lets only known headers through, in both directions', async () => {
    const answer = await fetch(`${origin}/papers`, {
      headers: {
        cookie: 'session=1',
        authorization: 'Bearer hub',
        'x-forwarded-for': '10.0.0.1',
        'accept-language': 'fi',
      },
    })
    const headers = seen[0]?.headers ?? {}
    expect(headers['accept-language']).toBe('fi')
    for (const name of ['cookie', 'authorization', 'x-forwarded-for']) {
      expect(headers).not.toHaveProperty(name)
    }
    expect(answer.headers.has('set-cookie') || answer.headers.has('server')).toBe(false)
  })

  it('keeps the token where the subgraph issues tokens itself', async () => {
    await fetch(`${origin}/protocol/step`, { headers: { authorization: 'Bearer theirs' } })
    expect(seen[0]?.headers.authorization).toBe('Bearer theirs')
  })

  it.each(['/papers/../graphql', '/papers/%2e%2e/graphql', '/papers/..%2fgraphql/../../graphql'])(
    'does not lead out of itself: %s',
    async (path) => {
      const answer = await rawStatus(path)
      expect([400, 404]).toContain(answer)
      expect(seen).toEqual([])
    },
  )

  it('does not exist when nobody placed its subgraph', async () => {
    expect((await fetch(`${origin}/nowhere`)).status).toBe(404)
  })

  it('answers with a code when the subgraph is silent or breaks off', async () => {
    const silent = await fetch(`${origin}/papers/silent`)
    expect([silent.status, await codeOf(silent)]).toEqual([504, 'SUBGRAPH_TIMEOUT'])
    const broken = await fetch(`${origin}/papers/broken`)
    expect([broken.status, await codeOf(broken)]).toEqual([502, 'SUBGRAPH_UNREACHABLE'])
  })
})

async function codeOf(answer: Response): Promise<string> {
  const body = (await answer.json()) as { errors: { extensions: { code: string } }[] }
  return body.errors[0]?.extensions.code ?? ''
}

/** `fetch` would resolve the dots before sending. */
async function rawStatus(path: string): Promise<number> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: gateway.port, path }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}
