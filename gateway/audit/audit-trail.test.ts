import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { HubError, loadMemberRegister } from '../../schema/index.js'
import { issueTestToken, testIssuer } from '../../tests/setup/issue-test-token.js'
import { defaultGatewayConfig } from '../config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'
import { createGatewayDatabase, type GatewayDatabase } from '../store/gateway-database.js'
import { createAuditTrail } from './audit-trail.js'
import { readAudit } from './read-audit.js'

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@policy"])
  type Query { open: String me(about: String): String @authenticated count: Int @policy(policies: [["role:analyst"]]) }
  type Mutation { award(to: String): String @policy(policies: [["role:registrar"]]) }`
const rootDirectory = new URL('../..', import.meta.url).pathname
const since = new Date(Date.now() - 60_000)

let database: GatewayDatabase
let subgraph: PlainSubgraph
let gateway: RunningGateway

beforeAll(async () => {
  const databaseUrl = inject('postgresUrl')
  database = createGatewayDatabase({ databaseUrl, log: silentLogger })
  subgraph = await startPlainSubgraph((body) =>
    body.includes('award')
      ? { data: { award: null }, errors: [{ message: 'no' }] }
      : { data: { open: 'o', me: 'm', count: 1 } },
  )
  gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500, databaseUrl },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    register: loadMemberRegister(`${rootDirectory}/schema/register/members.json`),
    subgraphUrls: new Map(),
    issuers: [testIssuer.config],
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
})
afterAll(async () => {
  await gateway?.stop()
  await subgraph?.stop()
  await database?.close()
})

async function ask(query: string, token?: string, variables = {}) {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  })
  return answer.json()
}

async function get(path: string, token?: string) {
  const answer = await fetch(new URL(path, gateway.url), {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}

/** What the trail holds of a subject, once it holds as many entries as expected. */
async function entriesOf(subjectId: string | null, count: number) {
  const read = () => readAudit(database, { since, subjectId, after: null, limit: 100 })
  await expect.poll(async () => (await read()).length, { timeout: 10_000 }).toBe(count)
  return read()
}

describe('the audit trail', () => {
  it('tells who asked for personal data or changed something, and with what outcome, but not what was said', async () => {
    const request = { role: 'registrar', member: 'dcu', subject: 'audit-registrar' } as const
    const { subjectId } = testIssuer.toPrincipal(request)
    const token = await issueTestToken(request)
    await ask(
      'query JaneDoe($about: String) { janesName: me(about: $about) ...F } fragment F on Query { count }',
      token,
      { about: 'jane@dcu.ie' },
    )
    await ask('mutation { award(to: "jane@dcu.ie") }', token)
    await ask('{ open }', token)
    await ask('{ me }')
    const entries = await entriesOf(subjectId, 2)
    expect(entries).toMatchObject([
      { kind: 'person', action: 'query', targets: ['me', 'count'], outcome: 'denied' },
      {
        roles: ['learner', 'registrar@dcu'],
        action: 'mutation',
        targets: ['award'],
        outcome: 'failed',
      },
    ])
    expect(JSON.stringify(entries)).not.toMatch(/jane|audit-registrar/i)
  })

  it('is read by operators alone, page by page, and reading it is an entry', async () => {
    const operator = { role: 'operator', subject: 'audit-operator' } as const
    const { subjectId } = testIssuer.toPrincipal(operator)
    const token = await issueTestToken(operator)
    const path = `/audit?since=${since.toISOString()}&limit=1`
    expect((await get(path)).status).toBe(401)
    const analyst = await get(path, await issueTestToken({ role: 'analyst' }))
    expect([analyst.status, analyst.body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN'])
    const first = await get(path, token)
    expect(first.status).toBe(200)
    await entriesOf(subjectId, 1)
    const second = await get(`${path}&after=${first.body.entries[0].id}`, token)
    expect(second.body.entries[0].id).not.toBe(first.body.entries[0].id)
    expect((await get('/audit?since=yesterday', token)).status).toBe(400)
    const entries = await entriesOf(subjectId, 3)
    expect(entries[0]).toMatchObject({ action: 'GET /audit', outcome: 'allowed' })
  })

  it.each([
    "update audit_entry set outcome = 'allowed'",
    'delete from audit_entry',
    'truncate audit_entry',
  ])('cannot be changed: %s', async (statement) => {
    await expect(database.use((em) => em.execute(statement))).rejects.toThrow(/append-only/)
  })

  it('waits while the database is away, and loses nothing', async () => {
    let isAway = true
    const subjectId = `away-${Date.now()}`
    const trail = createAuditTrail({
      database: {
        use: (work) =>
          isAway ? Promise.reject(new HubError('DATABASE_UNAVAILABLE')) : database.use(work),
      },
      now: () => new Date(),
      log: silentLogger,
    })
    const principal = { ...testIssuer.toPrincipal({ role: 'analyst' }), subjectId }
    for (let count = 0; count < 700; count += 1) {
      trail.record({ principal, action: 'query', targets: [], outcome: 'allowed', requestId: null })
    }
    await expect(trail.flush()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    isAway = false
    await trail.stop()
    const kept = await readAudit(database, { since, subjectId, after: null, limit: 1_000 })
    expect(kept).toHaveLength(700)
  })
})
