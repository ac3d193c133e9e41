import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { defaultGatewayConfig, type RunningGateway, startGateway } from '../../gateway/index.js'
import { silentLogger } from '../../infra/runtime/index.js'
import type { MemberOutcome } from '../../schema/index.js'
import { createFakeCatalogue } from '../fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../fixtures/members/fake-offerings.js'
import {
  changeEntities,
  type Misbehaviour,
  slow,
  tampering,
} from '../fixtures/members/misbehaviours.js'
import { sendJson } from '../fixtures/members/send-json.js'
import { type FakeMember, startFakeMember } from '../fixtures/members/start-fake-member.js'
import { toRegister } from '../fixtures/members/to-register.js'
import { longestStallMs, measureAttack } from './attack-cost.js'
import { type PlainSubgraph, startPlainSubgraph } from './plain-subgraph.js'

const catalogueSdl = readFileSync('schema/catalogue.graphql', 'utf8')
const supergraphSdl = readFileSync('schema/supergraph.graphql', 'utf8')
const memberTimeoutMs = 3_000
const answerLimitBytes = 1_000_000

let honest: FakeMember
let hostile: FakeMember
let inside: PlainSubgraph
let gateway: RunningGateway

beforeAll(async () => {
  const start = (slug: string) =>
    startFakeMember(
      createFakeCatalogue({ slug, sdl: catalogueSdl, offerings: makeOfferings(slug, 10) }),
    )
  honest = await start('dcu')
  // What a redirect must not reach.
  inside = await startPlainSubgraph(() => ({ data: {} }))
})
beforeEach(async () => {
  await gateway?.stop()
  await hostile?.stop()
  const offerings = makeOfferings('liu', 10)
  hostile = await startFakeMember(
    createFakeCatalogue({ slug: 'liu', sdl: catalogueSdl, offerings }),
  )
  gateway = await startGateway({
    config: {
      ...defaultGatewayConfig,
      port: 0,
      drainTimeoutMs: 200,
      memberTimeoutMs,
      answerLimitBytes,
    },
    supergraphSdl,
    catalogueSdl,
    register: toRegister([honest, hostile]),
    subgraphUrls: new Map(),
    rootDirectory: process.cwd(),
    examplesDirectory: null,
    log: silentLogger,
  })
})
afterAll(async () => {
  await gateway?.stop()
  await hostile?.stop()
  await honest?.stop()
  await inside?.stop()
})

interface PageAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly owners: readonly string[]
  readonly outcome: MemberOutcome | undefined
}

async function askPage(
  query = '{ courseOfferings(first: 100) { nodes { id title } } }',
): Promise<PageAnswer> {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const text = await answer.text()
  const { data, extensions } = JSON.parse(text)
  const nodes: { id: string }[] = data?.courseOfferings?.nodes ?? []
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    owners: [...new Set(nodes.map(({ id }) => id.split(':')[0] ?? ''))].sort(),
    outcome: extensions?.hub.members.find(({ member }: MemberOutcome) => member === 'liu'),
  }
}

const raw =
  (respond: (response: ServerResponse) => void): Misbehaviour =>
  async ({ response }) =>
    respond(response)
const ofBytes = (body: string | Buffer, headers: Record<string, string> = {}): Misbehaviour =>
  raw((response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    response.end(body)
  })
const nested = (open: string, close: string, levels: number) =>
  `{"data":{"courseOfferings":${open.repeat(levels)}null${close.repeat(levels)}}}`
const change = (edit: (connection: Record<string, unknown>) => Record<string, unknown>) =>
  tampering((data) =>
    'courseOfferings' in data
      ? { ...data, courseOfferings: edit(data.courseOfferings as Record<string, unknown>) }
      : data,
  )
const eachNode = (edit: (node: Record<string, unknown>) => unknown) =>
  change(
    changeEntities((list) =>
      list.map((one) => {
        const row = one as Record<string, unknown>
        return 'node' in row
          ? { ...row, node: edit(row.node as Record<string, unknown>) }
          : edit(row)
      }),
    ),
  )

/** A connection without the rows that were asked for is one of a member that has none: it may always say so. */
const saysNothing = { outcome: 'ok' } as const

test.each<[string, Misbehaviour, Partial<MemberOutcome>]>([
  [
    'a huge answer',
    ofBytes(`{"data":{"a":"${'x'.repeat(5_000_000)}"}}`),
    { code: 'SUBGRAPH_ANSWER_TOO_LARGE' },
  ],
  ['an answer that never ends', raw(sendForEver), { code: 'SUBGRAPH_ANSWER_TOO_LARGE' }],
  [
    'a compressed bomb',
    ofBytes(gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }),
    { code: 'SUBGRAPH_ANSWER_TOO_LARGE' },
  ],
  [
    'lists nested a hundred thousand deep',
    ofBytes(nested('[', ']', 100_000)),
    { code: 'SUBGRAPH_ANSWER_INVALID' },
  ],
  ['objects nested a hundred thousand deep', ofBytes(nested('{"a":', '}', 100_000)), saysNothing],
  ['a slow answer', slow(memberTimeoutMs * 3), { outcome: 'timeout', code: 'SUBGRAPH_TIMEOUT' }],
  [
    'ids of another member',
    eachNode((node) => ({ ...node, id: String(node.id).replace('liu', 'dcu') })),
    { code: 'FOREIGN_ID' },
  ],
  [
    'ids that are no ids',
    eachNode((node) => ({ ...node, id: '__proto__' })),
    { code: 'FOREIGN_ID' },
  ],
  ['values of other types', change(() => ({ edges: 7, nodes: { length: 1e9 } })), saysNothing],
  [
    'a redirect to an internal address',
    raw((response) => response.writeHead(307, { location: inside.url }).end()),
    { code: 'SUBGRAPH_ANSWER_INVALID' },
  ],
  [
    'a redirect to the metadata service',
    raw((response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end('{"data":{}}'),
    ),
    { code: 'SUBGRAPH_ANSWER_INVALID' },
  ],
  [
    'a page of HTML with scripts',
    ofBytes('<script>alert(1)</script>', { 'content-type': 'text/html' }),
    { code: 'SUBGRAPH_ANSWER_INVALID' },
  ],
])('%s costs only the member that sends it', async (name, misbehaviour, expected) => {
  hostile.misbehave(misbehaviour)
  const { result, cost } = await measureAttack(`hostile member: ${name}`, () => askPage())
  expect(result.status).toBe(200)
  expect(result.owners).toEqual(['dcu'])
  expect(result.outcome).toMatchObject(expected)
  expect(inside.received).toEqual([])
  expect(cost.stallMs).toBeLessThan(longestStallMs)
})

test('poisoned error texts do not reach the client', async () => {
  const secrets = [
    'password=hunter2',
    '10.0.0.7',
    '/srv/app/db.js',
    'SELECT * FROM learner',
    '<script>',
  ]
  hostile.misbehave(async ({ response }) => {
    sendJson(response, {
      data: null,
      errors: [
        {
          message: `${secrets.join(' ')}\n    at connect (/srv/app/db.js:1:1)`,
          extensions: {
            code: 'INTERNAL_SERVER_ERROR',
            stacktrace: secrets,
            exception: { sql: secrets },
          },
        },
      ],
    })
  })
  const { result } = await measureAttack('hostile member: poisoned errors', () => askPage())
  expect(result.outcome).toMatchObject({ outcome: 'failed' })
  for (const secret of secrets) expect(result.text).not.toContain(secret)
  expect(result.text).not.toMatch(/stack|exception|at connect/)
})

test('keys such as __proto__ pollute nothing', async () => {
  hostile.misbehave(async ({ answer, response }) => {
    const text = JSON.stringify(await answer()).replace(
      /"title"/g,
      '"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"title"',
    )
    response.setHeader('content-type', 'application/json').end(text)
  })
  const { result } = await measureAttack('hostile member: __proto__', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => askPage()))
    return answers[0]
  })
  expect(result?.owners).toContain('dcu')
  expect(result?.text).not.toContain('isAdmin')
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
})

test('headers of a member do not become headers of the hub', async () => {
  hostile.misbehave(async ({ answer, response }) => {
    response.setHeader('set-cookie', 'session=evil')
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('cache-control', 'public, max-age=315360000')
    response.setHeader('x-evil', 'yes')
    sendJson(response, await answer())
  })
  const { result } = await measureAttack('hostile member: headers', () => askPage())
  expect(result.owners).toEqual(['dcu', 'liu'])
  for (const name of ['set-cookie', 'access-control-allow-origin', 'x-evil']) {
    expect(result.headers.get(name)).toBeNull()
  }
  expect(result.headers.get('cache-control') ?? '').not.toContain('315360000')
})

/** Writes until nobody listens any more. */
function sendForEver(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const chunk = 'x'.repeat(65_536)
  const write = (): void => {
    if (response.destroyed || response.writableEnded) return
    if (response.write(chunk)) setImmediate(write)
    else response.once('drain', write)
  }
  write()
}
