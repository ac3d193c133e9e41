import { afterAll, beforeAll, expect, it } from 'vitest'
import { issueTestToken } from '../setup/issue-test-token.js'
import { startTestHub, type TestHub } from './start-test-hub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub()
}, 120_000)
afterAll(() => hub?.stop())

const byHome = `{
  pathwayStatistics(period: "2025-A1", groupBy: [HOME_MEMBER]) {
    awards { group { homeInstitution { id name } } learners { value } }
  }
}`
const byPathway = `{
  pathwayStatistics(period: "2025-A1", groupBy: [PATHWAY]) {
    journeys { group { pathway { id title } } started { value } }
  }
}`

it('lets an analyst see every table, joined with institutions of the catalogue', async () => {
  const answer = await hub.ask(byHome, {}, await issueTestToken({ role: 'analyst' }))
  expect(answer.errors).toBeUndefined()
  const statistics = answer.data?.pathwayStatistics as
    | { awards: { group: { homeInstitution: { id: string; name: string } | null } }[] }
    | undefined
  const awards = statistics?.awards ?? []
  expect(awards).toHaveLength(14)
  expect(awards[0]?.group.homeInstitution?.name).toEqual(expect.any(String))
})

it.each([
  ['learner', () => issueTestToken({ role: 'learner', member: 'dcu' })],
  ['registrar', () => issueTestToken({ role: 'registrar', member: 'dcu' })],
] as const)('refuses a %s, whatever they ask', async (_role, issue) => {
  for (const query of [byHome, byPathway]) {
    const answer = await hub.ask(query, {}, await issue())
    expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  }
})

it('shows everybody what is published, and nothing else', async () => {
  const published = await hub.ask(byPathway)
  expect(published.errors).toBeUndefined()
  const refused = await hub.ask(byHome)
  expect(refused.errors?.[0]?.extensions?.code).toBe('NOT_PUBLISHED')
})
