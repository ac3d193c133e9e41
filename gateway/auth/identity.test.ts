import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, silentLogger, startSubgraphServer } from '../../infra/runtime/index.js'
import { formatGraphQLError, loadMemberRegister, readPrincipal } from '../../schema/index.js'
import { fetchSigned } from '../../tests/setup/fetch-signed.js'
import { issueTestToken, testIssuer } from '../../tests/setup/issue-test-token.js'
import { testCallers, testSigningKeys } from '../../tests/setup/test-request-keys.js'
import { defaultGatewayConfig } from '../config.js'
import { composeWords } from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const typeDefs = 'type Query { principal: String }'

let subgraph: RunningServer
let gateway: RunningGateway

beforeAll(async () => {
  const schema = buildSchema(typeDefs)
  const { principal } = schema.getQueryType()?.getFields() ?? {}
  if (principal !== undefined) principal.resolve = (_source, _args, context) => context.principal
  subgraph = await startSubgraphServer({
    schema,
    host: '127.0.0.1',
    port: 0,
    callers: testCallers('words'),
    createContext: async ({ signedPrincipal }) => ({ principal: signedPrincipal }),
    isReady: async () => true,
    formatError: formatGraphQLError,
  })
  gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500 },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    register: loadMemberRegister(`${rootDirectory}/schema/register/members.json`),
    subgraphUrls: new Map(),
    issuers: [testIssuer.config],
    signingKeys: testSigningKeys,
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
})
afterAll(async () => {
  await gateway?.stop()
  await subgraph?.stop()
})

async function ask(authorization?: string) {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization !== undefined && { authorization }),
    },
    body: '{"query":"{ principal }"}',
  })
  const { data, errors } = JSON.parse(await answer.text())
  const code = errors?.[0]?.extensions.code
  const principal = data && readPrincipal(data.principal)
  return {
    status: answer.status,
    code,
    principal,
    challenge: answer.headers.get('www-authenticate'),
  }
}

describe('who asks', () => {
  it('is nobody without a token', async () => {
    expect(await ask()).toMatchObject({ status: 200, principal: { kind: 'anonymous' } })
  })

  it.each([
    { role: 'learner', member: 'uis' },
    { role: 'registrar', member: 'dcu' },
    { role: 'admission', member: 'dcu' },
    { role: 'analyst' },
    { role: 'operator' },
    { role: 'partner', member: 'liu' },
  ] as const)('arrives in the subgraph: a $role with a token', async (request) => {
    const principal = testIssuer.toPrincipal(request)
    expect(principal.grants).toContainEqual({
      role: request.role,
      member: 'member' in request && request.role !== 'learner' ? request.member : null,
    })
    // The second time the token is known already.
    for (const _time of [1, 2]) {
      expect((await ask(`Bearer ${await issueTestToken(request)}`)).principal).toEqual(principal)
    }
  })

  it('is told apart by the subgraph although all ask the same at the same time', async () => {
    const subjects = Array.from({ length: 8 }, (_, index) => `subject-${index}`)
    const asked = await Promise.all(
      subjects.map(async (subject) => {
        const request = { role: 'learner', subject } as const
        const answer = await ask(`bearer ${await issueTestToken(request)}`)
        return [answer.principal?.subjectId, testIssuer.toPrincipal(request).subjectId]
      }),
    )
    for (const [told, asking] of asked) expect(told).toBe(asking)
    expect(new Set(asked.map(([told]) => told)).size).toBe(subjects.length)
  })

  it.each([
    ['another scheme', 'Basic YTpi'],
    ['no token', 'Bearer'],
    ['something that is no token', 'Bearer abc.def.ghi'],
    ['two tokens', 'Bearer a.b.c, Bearer d.e.f'],
  ])('is refused, not taken for nobody, with %s', async (_what, authorization) => {
    const answer = await ask(authorization)
    expect(answer).toMatchObject({ status: 401, code: 'TOKEN_INVALID' })
    expect(answer.challenge).toContain('Bearer error="invalid_token"')
  })
})

describe('a subgraph opened directly', () => {
  const body = '{"query":"{ principal }"}'
  const headers = { 'content-type': 'application/json' }

  it.each([
    ['a query', { method: 'POST', headers, body }],
    ['introspection by GET', { method: 'GET' }],
    [
      'a principal of one’s own making',
      { method: 'POST', headers: { ...headers, 'hub-principal': 'anonymous' }, body },
    ],
  ])('refuses %s', async (_what, init) => {
    const answer = await fetch(subgraph.url, init)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'SIGNATURE_REQUIRED' } }],
    })
  })

  it('refuses a body other than the one that was signed, and the signed one only once', async () => {
    const signed = await fetchSigned(subgraph.url, { subgraph: 'words', headers, body })
    expect(signed.status).toBe(200)
    const { headers: sent } = await captureSigned(body)
    const forged = await fetch(subgraph.url, { method: 'POST', headers: sent, body: `${body} ` })
    expect(await forged.json()).toMatchObject({
      errors: [{ extensions: { code: 'SIGNATURE_INVALID' } }],
    })
    const replayed = await fetch(subgraph.url, { method: 'POST', headers: sent, body })
    expect(replayed.status).toBe(401)
  })

  it('tells an orchestrator how it is', async () => {
    expect((await fetch(new URL('/readyz', subgraph.url))).status).toBe(200)
  })
})

/** The headers `fetchSigned` sends, caught on the way instead of sent. */
async function captureSigned(body: string) {
  let sent: Record<string, string> = {}
  const real = globalThis.fetch
  globalThis.fetch = async (_url, init) => {
    sent = { ...(init?.headers as Record<string, string>) }
    return new Response()
  }
  try {
    const headers = { 'content-type': 'application/json' }
    await fetchSigned(subgraph.url, { subgraph: 'words', headers, body })
  } finally {
    globalThis.fetch = real
  }
  return { headers: sent }
}
