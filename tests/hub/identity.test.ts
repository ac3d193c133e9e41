import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueTestToken, testIssuer } from '../setup/issue-test-token.js'
import { askGraphQL, startTestHub, type TestHub } from './start-test-hub.js'

let hub: TestHub

beforeAll(async () => {
  hub = await startTestHub()
}, 120_000)
afterAll(() => hub?.stop())

test('a learner sees their own record, another learner another, and nobody none', async () => {
  const seen = new Set<unknown>()
  for (const subject of ['ada', 'grace']) {
    const request = { role: 'learner', subject } as const
    const { data, errors } = await hub.ask('{ me { id } }', {}, await issueTestToken(request))
    expect(errors).toBeUndefined()
    const { subjectId } = testIssuer.toPrincipal(request)
    expect(data).toEqual({ me: { id: `alliance:learner:${subjectId}` } })
    seen.add(JSON.stringify(data))
  }
  expect(seen.size).toBe(2)
  const nobody = await hub.ask('{ me { id } }')
  expect(nobody.data).toBeNull()
  expect(nobody.errors?.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED'])
})

test('a token does not change what is public', async () => {
  const query = '{ courseOfferings(first: 3) { totalCount edges { node { id } } } }'
  const token = await issueTestToken({ role: 'registrar', member: 'dcu' })
  const [known, nobody] = [await hub.ask(query, {}, token), await hub.ask(query)]
  expect(known.errors).toBeUndefined()
  expect(known.data).toEqual(nobody.data)
})

test('recognition and all members refuse whoever comes past the gateway, with or without a token', async () => {
  const token = await issueTestToken({ role: 'operator' })
  for (const { url } of [hub.recognition, ...hub.members.values()]) {
    for (const shown of [undefined, token]) {
      const { data, errors } = await askGraphQL(url, '{ _service { sdl } }', {}, shown)
      expect(data).toBeUndefined()
      expect(errors?.[0]?.extensions?.code).toBe('SIGNATURE_REQUIRED')
    }
  }
})
