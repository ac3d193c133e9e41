import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  allianceOwner,
  comparePositions,
  type PathwayId,
  parseCursor,
  toGlobalId,
} from '../../../schema/index.js'
import { createTestDatabase, type TestDatabase } from '../../../tests/setup/test-database.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { ReferenceData } from '../intake/reference-data.js'
import { createRecognitionStore } from './recognition.store.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
} from './recognition-database.js'
import { type SeedReport, seedReferenceData } from './reference-data.seeding.js'
import { readPageRequest } from './title-page.js'

let database: TestDatabase
let orm: RecognitionOrm
const statements: string[] = []

const open = (name = new URL(database.url).pathname.slice(1)) =>
  openRecognitionDatabase({
    databaseUrl: database.url,
    databaseName: name,
    onStatement: (sql) => statements.push(sql),
  })

beforeAll(async () => {
  database = await createTestDatabase()
  orm = await open()
})
afterAll(async () => {
  await orm?.close(true)
  await database?.drop()
})

const credential = (key: string, title: string, change: Partial<MicroCredential> = {}) =>
  ({
    id: toGlobalId(allianceOwner, 'microcredential', key),
    titles: { en: title },
    descriptions: { en: 'A description' },
    ects: '2.5',
    eqfLevel: 6,
    iscedF: ['0613'],
    learningOutcomes: [{ titles: { en: 'Knows' }, skills: [] }],
    assessmentType: 'quiz',
    mode: 'ONLINE',
    qualityAssurance: 'INSTITUTIONAL_LICENCE',
    supervision: 'UNSUPERVISED_WITHOUT_ID',
    stackability: 'STANDALONE',
    prerequisites: null,
    awardingInstitutionId: toGlobalId('dcu', 'institution', 'dcu'),
    awardingMember: 'dcu',
    jurisdictionCode: 'IE',
    opportunityId: toGlobalId('dcu', 'opportunity', key),
    synthetic: true,
    ...change,
  }) satisfies MicroCredential

const pathway = (id: PathwayId, title: string): LearningPathway => ({
  id,
  titles: { en: title },
  descriptions: { en: 'A description' },
  type: 'OPEN',
  steps: [
    {
      position: 1,
      titles: { en: 'Only step' },
      required: true,
      chooseAtLeast: 1,
      ects: '2.5',
      opportunityIds: [toGlobalId('dcu', 'opportunity', 'shared')],
    },
  ],
  illustrative: true,
  synthetic: true,
})

function data(
  microCredentials: readonly MicroCredential[],
  pathways: readonly LearningPathway[] = [],
): ReferenceData {
  const issuingBody = {
    name: 'Foundation',
    countryCode: 'NL',
    homepage: null,
    legalIdentifier: null,
    source: 'none',
    confidence: 'UNVERIFIED' as const,
  }
  return { issuingBody, jurisdictions: [], microCredentials, pathways }
}

const seed = (content: ReferenceData): Promise<SeedReport> =>
  migrateAndSeed(orm, (em) => seedReferenceData(em, content))

describe('seeding', () => {
  it('adds, leaves alone, changes and withdraws by content, and writes nothing the second time', async () => {
    const [a, b, c] = [credential('a', 'A'), credential('b', 'B'), credential('c', 'C')]
    const first = await seed(data([a, b, c]))
    expect(first.microCredentials).toEqual({ added: 3, changed: 0, unchanged: 0, withdrawn: 0 })

    statements.length = 0
    const again = await seed(data([a, b, c]))
    expect(again.microCredentials).toEqual({ added: 0, changed: 0, unchanged: 3, withdrawn: 0 })
    expect(statements.filter((sql) => /^(insert|update|delete)/.test(sql))).toEqual([])

    const changed = await seed(data([a, { ...b, ects: '3' }, credential('d', 'D')]))
    expect(changed.microCredentials).toEqual({ added: 1, changed: 1, unchanged: 1, withdrawn: 1 })
    const store = createRecognitionStore(orm.em.fork())
    const page = await store.pageMicroCredentials({}, readPageRequest({}))
    expect(page.edges.map(({ node }) => [node.titles.en, node.ects])).toEqual([
      ['A', '2.5'],
      ['B', '3'],
      ['D', '2.5'],
    ])
  })

  it('lets one definition hand its opportunity on to another', async () => {
    const opportunityId = toGlobalId('dcu', 'opportunity', 'handed-on')
    await seed(data([credential('old', 'Old', { opportunityId }), credential('other', 'Other')]))
    await seed(data([credential('old', 'Old'), credential('other', 'Other', { opportunityId })]))
    const store = createRecognitionStore(orm.em.fork())
    const found = await store.findMicroCredentialsByOpportunity([opportunityId])
    expect(found.get(opportunityId)?.titles.en).toBe('Other')
  })

  it('leaves the store as it was when the data breaks a rule of the database', async () => {
    await seed(data([credential('kept', 'Kept')]))
    const opportunityId = toGlobalId('dcu', 'opportunity', 'twice')
    const double = [
      credential('x', 'X', { opportunityId }),
      credential('y', 'Y', { opportunityId }),
    ]
    await expect(seed(data(double))).rejects.toThrow('micro_credential_opportunity')
    const store = createRecognitionStore(orm.em.fork())
    const page = await store.pageMicroCredentials({}, readPageRequest({}))
    expect(page.edges.map(({ node }) => node.titles.en)).toEqual(['Kept'])
  })

  it('creates, migrates and seeds once when several processes start together', async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_together`
    const content = data([credential('a', 'A')])
    const started = await Promise.all([open(name), open(name), open(name)])
    try {
      const reports = await Promise.all(
        started.map((one) => migrateAndSeed(one, (em) => seedReferenceData(em, content))),
      )
      expect(reports.map((report) => report.microCredentials.added).sort()).toEqual([0, 0, 1])
    } finally {
      await Promise.all(started.map((one) => one.close(true)))
      await orm.em.fork().execute(`drop database ${name} with (force)`)
    }
  })
})

describe('opening', () => {
  it('says that the database cannot be reached, without its password', async () => {
    const unreachable = openRecognitionDatabase({
      databaseUrl: 'postgres://hub:secret@127.0.0.1:9/postgres',
    })
    await expect(unreachable).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    await expect(unreachable).rejects.not.toThrow('secret')
  })
})

describe('paging in the order of titles', () => {
  // Astral letters and U+FFxx: where comparing UTF-16 units and comparing code points disagree.
  const title = fc.string({
    unit: fc.constantFrom('a', 'B', 'é', 'ø', ' ', '-', '7', 'ｚ', '𝔘', '𐐀', '字'),
    minLength: 1,
    maxLength: 4,
  })

  it('gives each row exactly once, in code-point order, for any titles and page sizes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(title, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 7 }),
        async (titles, first) => {
          const credentials = titles.map((one, index) => credential(`k${index}`, one))
          const pathways = titles.map((one, index) =>
            pathway(toGlobalId(allianceOwner, 'pathway', `p${index}`), one),
          )
          await seed(data(credentials, pathways))
          const store = createRecognitionStore(orm.em.fork())
          const shared = toGlobalId('dcu', 'opportunity', 'shared')
          for (const readPage of [
            (after: string | null) =>
              store.pageMicroCredentials({}, readPageRequest({ first, after })),
            (after: string | null) => store.pagePathways({}, readPageRequest({ first, after })),
            async (after: string | null) =>
              (
                await store.findPathwaysByOpportunity([shared], readPageRequest({ first, after }))
              ).get(shared),
          ]) {
            const cursors: string[] = []
            const ids = new Set<string>()
            let after: string | null = null
            let hasNextPage = true
            while (hasNextPage) {
              const page: Awaited<ReturnType<typeof readPage>> = await readPage(after)
              if (!page) throw new Error('no page')
              expect(page.totalCount).toBe(titles.length)
              expect(page.hasPreviousPage).toBe(after !== null)
              for (const edge of page.edges) {
                cursors.push(edge.cursor)
                ids.add(edge.node.id)
              }
              after = page.edges.at(-1)?.cursor ?? null
              hasNextPage = page.hasNextPage
            }
            expect(cursors).toHaveLength(titles.length)
            expect(ids.size).toBe(titles.length)
            const positions = cursors.flatMap((cursor) => parseCursor(cursor) ?? [])
            expect(positions).toEqual([...positions].sort(comparePositions))
          }
        },
      ),
      { seed: 20_261_123, numRuns: 12 },
    )
  })
})
