import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RegisteredMember } from '../../schema/index.js'
import type { RunningMember } from '../../subgraphs/catalogue/index.js'
import { trento } from '../fixtures/trento/trento-member.js'
import { type Answer, rootDirectory, startTestHub, type TestHub } from './start-test-hub.js'

const dataDirectory = resolve(
  rootDirectory,
  join(process.env.HUB_INTEROP_DATA ?? '../shared/data', 'trento'),
)
const isDataPresent = await access(join(dataDirectory, 'courses.json')).then(
  () => true,
  () => false,
)

const registered: RegisteredMember = {
  slug: 'unitn',
  names: { it: 'Università di Trento', en: 'University of Trento' },
  countryCode: 'IT',
  jurisdiction: 'IT',
  city: 'Trento',
  schacHomeOrganization: null,
  ror: null,
  erasmusCode: null,
  languages: ['it', 'en'],
  endpoint: 'http://127.0.0.1:1/graphql',
  homepage: 'https://www.unitn.it',
  policy: 'default',
}

interface Found {
  readonly totalCount: number
  readonly nodes: readonly {
    readonly title: string
    readonly institution: { readonly slug: string }
  }[]
}

describe.skipIf(!isDataPresent)(`a real fourteenth member (needs ${dataDirectory})`, () => {
  let hub: TestHub
  let member: RunningMember
  beforeAll(async () => {
    hub = await startTestHub()
    member = await hub.startMember({ definition: trento, registered, dataDirectory })
    await hub.gateway.applyRegister({
      ...hub.register,
      version: 'with-trento',
      members: [...hub.register.members, { ...registered, endpoint: member.url }],
    })
  }, 120_000)
  afterAll(async () => {
    await hub?.stop()
    await member?.stop()
  })

  test('its 3,265 courses sync with a report that accounts for every one of them', async () => {
    const report = await member.sync()
    expect(report).toMatchObject({ read: 3265, added: 0, changed: 0, withdrawn: 0 })
    expect(report.unchanged + report.rejected).toBe(3265)
    expect(report.rejected, JSON.stringify(report.faults.slice(0, 5))).toBe(0)
  })

  test.each([
    ['intelligenza artificiale', 'unitn', 'Intelligenza artificiale e diritto'],
    ['artificial intelligence', 'unitn', 'Fundamentals of Artificial Intelligence'],
  ])('a cross-institution search for "%s" finds its courses', async (text, slug, title) => {
    const found = await search(text, [])
    const own = found.nodes.filter(({ institution }) => institution.slug === slug)
    expect(own.map((node) => node.title)).toContain(title)
  })

  test('its courses stand next to those of the other members', async () => {
    const found = await search('artificial intelligence', [])
    const slugs = new Set(found.nodes.map(({ institution }) => institution.slug))
    expect(slugs).toContain('unitn')
    expect(slugs.size).toBeGreaterThan(3)
  })

  async function search(text: string, institutions: readonly string[]): Promise<Found> {
    const filter = institutions.length > 0 ? { text, institutions } : { text }
    const answer: Answer = await hub.ask(
      /* GraphQL */ `
        query Search($filter: CatalogueFilter) {
          learningOpportunities(filter: $filter, first: 100) {
            totalCount
            nodes { title institution { slug } }
          }
        }
      `,
      { filter },
    )
    expect(answer.errors).toBeUndefined()
    return answer.data?.learningOpportunities as Found
  }
})
