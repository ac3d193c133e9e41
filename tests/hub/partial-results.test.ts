import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadDefinition } from '../members/sample-catalogue.fixture.js'
import { rootDirectory, startTestHub, type TestHub } from './start-test-hub.js'

const query = /* GraphQL */ `
  { courseOfferings(first: 50, orderBy: { field: TITLE }) { totalCount edges { node { title institution { slug } } } } }
`

const memberTimeoutMs = 1_500

let hub: TestHub
const impostors: Server[] = []
beforeAll(async () => {
  hub = await startTestHub(memberTimeoutMs)
})
afterAll(async () => {
  for (const server of impostors) {
    server.closeAllConnections()
    server.close()
  }
  await hub?.stop()
})

/** Replaces a running member by a server on the same port that misbehaves. */
async function replace(slug: string, answer: Parameters<typeof createServer>[1]): Promise<Server> {
  const member = hub.members.get(slug)
  if (member === undefined) throw new Error(`no member ${slug}`)
  await member.stop()
  const server = createServer({}, answer)
  impostors.push(server)
  await new Promise<void>((resolve) => server.listen(member.port, '127.0.0.1', resolve))
  return server
}

function outcomesOf(answer: Awaited<ReturnType<TestHub['ask']>>): Record<string, string> {
  const members = answer.extensions?.hub.members ?? []
  return Object.fromEntries(members.map(({ member, outcome }) => [member, outcome]))
}

function slugsOf(answer: Awaited<ReturnType<TestHub['ask']>>): Set<string> {
  const page = answer.data?.courseOfferings as {
    edges: { node: { institution: { slug: string } } }[]
  }
  return new Set(page.edges.map(({ node }) => node.institution.slug))
}

test('one member killed, one hanging, one answering garbage: the others answer in time, and all are back after they recover', async () => {
  await hub.members.get('dcu')?.stop()
  await replace('ktu', () => {})
  await replace('lodz', (_request, response) => response.end('<html>maintenance</html>'))

  const startedAt = performance.now()
  const answer = await hub.ask(query)
  expect(performance.now() - startedAt).toBeLessThan(2 * memberTimeoutMs)
  expect(answer.errors).toBeUndefined()
  const outcomes = outcomesOf(answer)
  expect(outcomes).toMatchObject({ dcu: 'failed', ktu: 'timeout', lodz: 'failed' })
  expect(Object.values(outcomes).filter((outcome) => outcome === 'ok')).toHaveLength(10)
  const missing = answer.extensions?.hub.members.filter(({ outcome }) => outcome !== 'ok') ?? []
  for (const { code, reason } of missing) {
    expect(code).toMatch(/^[A-Z_]+$/)
    expect(reason).not.toMatch(/127\.0\.0\.1|:\d{4}/)
  }
  const slugs = slugsOf(answer)
  for (const slug of ['dcu', 'ktu', 'lodz']) expect(slugs).not.toContain(slug)

  for (const server of impostors.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const restarted = await Promise.all(['dcu', 'ktu', 'lodz'].map((slug) => restart(slug)))
  try {
    // The hub finds out by itself: no restart, no register change.
    await vi.waitFor(
      async () => {
        const recovered = outcomesOf(await hub.ask(query))
        expect(Object.values(recovered)).toEqual(Array.from({ length: 13 }, () => 'ok'))
      },
      { timeout: 15_000, interval: 250 },
    )
  } finally {
    await Promise.all(restarted.map((member) => member.stop()))
  }
}, 60_000)

async function restart(slug: string): Promise<{ stop(): Promise<void> }> {
  const registered = hub.register.members.find((member) => member.slug === slug)
  const port = hub.members.get(slug)?.port
  if (registered === undefined || port === undefined) throw new Error(`no member ${slug}`)
  const definition = await loadDefinition(slug)
  const dataDirectory = `${rootDirectory}subgraphs/${slug}/data`
  return hub.startMember({ definition, registered, dataDirectory, port })
}
