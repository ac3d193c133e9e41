import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { defaultGatewayConfig, type RunningGateway } from '../../gateway/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import { issueTestToken, testIssuer } from '../setup/issue-test-token.js'
import {
  countCalls,
  inOwnJurisdictions,
  listMembers,
  post,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

// In production mode, where not everybody may know how an answer was made.
const page = '{ courseOfferings(first: 4) { nodes { id title } } }'
/** The development issuer is not taken there. */
const issuer = 'https://issuer.example'

let members: ReadonlyMap<string, FakeMember>
let jurisdiction: string
let gateway: RunningGateway
let operator: string

beforeAll(async () => {
  const started = await startMembers(listMembers(2))
  members = started.members
  const register = inOwnJurisdictions(started.register)
  jurisdiction = register.members[0]?.jurisdiction ?? ''
  const redis = { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map<string, string>() }
  gateway = await startCachedGateway(
    register,
    {
      ...{ redis, mode: 'production' },
      // In production members may not be on this machine otherwise.
      limits: { ...defaultGatewayConfig.limits, memberNetworks: ['127.0.0.0/8'] },
    },
    [{ ...testIssuer.config, issuer }],
  )
  operator = await token('operator', ['hub:purge'])
}, 60_000)

afterAll(async () => {
  await gateway?.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

async function token(role: 'operator' | 'learner', scopes: string[] = []): Promise<string> {
  return `Bearer ${await issueTestToken({ role, member: 'uis', scopes, claims: { iss: issuer } })}`
}

async function explain(authorization: string | undefined) {
  const headers = { 'hub-cache': 'explain', ...(authorization && { authorization }) }
  const { json } = await post(gateway.url, { query: page }, headers)
  expect(json.data.courseOfferings.nodes).toHaveLength(4)
  return json.extensions.hub.cache
}

function purge(body: object) {
  const url = new URL('/admin/purge', gateway.url).href
  return post(url, body, { authorization: operator })
}

test('an operator who asks is told of every fetch whether it was kept, and nobody else is', async () => {
  const first = await explain(operator)
  const second = await explain(operator)
  const part = { member: 'ma', subject: 'Query.courseOfferings' }
  expect(first).toContainEqual({ ...part, status: 'miss', ageSeconds: 0 })
  expect(second).toContainEqual({ ...part, status: 'hit', ageSeconds: expect.any(Number) })
  expect(second).toHaveLength(2)
  expect(await explain(await token('learner'))).toBeUndefined()
  expect(await explain(undefined)).toBeUndefined()
})

test('a page that is asked again and again is made anew once one of its parts is purged', async () => {
  for (let time = 0; time < 3; time += 1) await explain(operator)
  members.get('ma')?.misbehave(async ({ answer, response }) => {
    const text = JSON.stringify(await answer()).replaceAll('ma course', 'ma renamed')
    response.setHeader('content-type', 'application/json')
    response.end(text)
  })
  const ask = async () =>
    (await post(gateway.url, { query: page }, { authorization: operator })).text
  for (let time = 0; time < 3; time += 1) expect(await ask()).toContain('ma course')
  await purge({ member: 'ma' })
  for (let time = 0; time < 3; time += 1) {
    const text = await ask()
    expect([text.includes('ma renamed'), text.includes('ma course')]).toEqual([true, false])
  }
  members.get('ma')?.misbehave(null)
})

test('a purge says its scope, the generations it raised and how it got to the others, and a jurisdiction or everything can be purged', async () => {
  for (const [scope, cost] of [
    [{ jurisdiction }, 1],
    [{ all: true }, 2],
  ] as const) {
    await explain(operator)
    const { status, json } = await purge(scope)
    const [kind] = Object.keys(scope)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      scope: { kind },
      propagation: { isPublished: true, isLogged: false, withinSeconds: 1 },
    })
    expect(json.generations).toMatchObject({ [`gen:${jurisdiction}`]: expect.any(Number) })
    const before = countCalls(members)
    await explain(operator)
    expect(countCalls(members) - before).toBe(cost)
  }
})

test('a whole kept answer is sent before anything of the pipeline looks at the request', async () => {
  const ask = () => post(gateway.url, { query: page })
  await ask()
  await expect.poll(async () => (await ask()).headers['cache-control']).toMatch(/public/)
  const read = async (pattern: RegExp): Promise<number> => {
    const metrics = await (await fetch(new URL('/metrics', gateway.url))).text()
    return [...metrics.matchAll(pattern)].reduce((sum, [, value]) => sum + Number(value), 0)
  }
  const whole = /^hub_cache_responses_total\{status="hit"\} (\d+)/gm
  const parts = /^hub_cache_answers_total\{.*\} (\d+)/gm
  const before = [await read(whole), await read(parts)]
  for (let time = 0; time < 5; time += 1) await ask()
  expect([await read(whole), await read(parts)]).toEqual([(before[0] ?? 0) + 5, before[1]])
})

test('an id of nobody in the register is asked of nobody', async () => {
  const before = countCalls(members)
  const { json } = await post(gateway.url, {
    query: '{ courseOffering(id: "zz:offering:1") { id } }',
  })
  expect([json.data.courseOffering, countCalls(members) - before]).toEqual([null, 0])
})

test('metrics tell answers by member, type and status, bytes by jurisdiction, purges and wrong places', async () => {
  const metrics = await (await fetch(new URL('/metrics', gateway.url))).text()
  for (const status of ['hit', 'miss']) {
    expect(metrics).toMatch(
      new RegExp(
        `\\nhub_cache_answers_total\\{member="ma",subject="Query.courseOfferings",status="${status}"\\} [1-9]`,
      ),
    )
  }
  expect(metrics).toMatch(
    new RegExp(`\\nhub_cache_written_bytes_total\\{jurisdiction="${jurisdiction}"\\} [1-9]`),
  )
  expect(metrics).toMatch(/\nhub_cache_purge_propagation_seconds_count [1-9]/)
  expect(metrics).toContain('\nhub_cache_residency_violations_total 0\n')
})
