import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import type { RegisteredMember } from '../../schema/index.js'
import type { OpportunityRecord } from './domain/catalogue-record.js'
import type { MemberDefinition } from './domain/member-definition.js'
import { type MemberOptions, type RunningMember, startMember } from './start-member.js'
import { sampleOffering, sampleOpportunity } from './store/sample-records.fixture.js'
import { dropMemberDatabase } from './store/test-catalogue.fixture.js'

const slug = `t${randomBytes(6).toString('hex')}`
const now = () => new Date('2027-03-01T12:00:00Z')

const programme = sampleOpportunity('P', {
  kind: 'PROGRAMME',
  title: { nl: 'Programma', en: 'Programme' },
  ects: '60',
})
const course = sampleOpportunity('C', {
  title: { nl: 'Kunstmatige intelligentie' },
  ects: '2.5',
  nationalCredit: { value: '2.5', unit: 'EC' },
  partOf: ['P', 'UNLISTED'],
  learningOutcomes: [
    {
      code: 'LO1',
      title: { nl: 'Kan leren', en: 'Can learn' },
      skills: [{ escoUri: null, title: { en: 'learning' } }],
    },
  ],
  assessments: [
    {
      type: 'marked assignment',
      description: { en: 'Essay' },
      supervised: false,
      gradingScale: null,
    },
  ],
  offerings: [
    sampleOffering('C-1', {
      capacity: { maximum: 30, enrolled: 28 },
      price: { amount: '99.50', currency: 'EUR' },
    }),
    sampleOffering('C-2', {
      title: { en: 'Spring run' },
      startDate: '2028-02-01',
      endDate: '2028-06-30',
      awardingBody: 'A consortium',
      application: null,
    }),
  ],
})
let records: readonly OpportunityRecord[] = [programme, course]
let isSourceBroken = false

const definition: MemberDefinition = {
  profile: {
    slug,
    languages: ['nl'],
    creditUnit: { name: 'EC', ectsPerUnit: '1' },
    gradingScale: '1–10, pass 5.5',
    timeZone: 'Europe/Amsterdam',
    currency: 'EUR',
    terms: [],
  },
  adapter: (record) => record,
  openSource: () => ({
    name: 'memory',
    read: async () => {
      if (isSourceBroken) throw new Error('disk on fire')
      return records
    },
  }),
}
const registered: RegisteredMember = {
  slug,
  names: { en: 'Test University', nl: 'Testuniversiteit' },
  countryCode: 'NL',
  jurisdiction: 'NL',
  city: 'Enschede',
  schacHomeOrganization: null,
  ror: null,
  erasmusCode: null,
  languages: ['nl', 'en'],
  endpoint: 'http://127.0.0.1:1/graphql',
  homepage: null,
  policy: 'default',
}

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { code: string } }[]
}

let member: RunningMember
const optionsOf = (overrides: Partial<MemberOptions> = {}): MemberOptions => ({
  definition,
  registered,
  dataDirectory: '.',
  databaseUrl: inject('postgresUrl'),
  host: '127.0.0.1',
  port: 0,
  now,
  log: silentLogger,
  syncOnStart: true,
  ...overrides,
})

async function ask(query: string, variables: object = {}, target = member): Promise<Answer> {
  const response = await fetch(target.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}

beforeAll(async () => {
  member = await startMember(optionsOf())
})
afterAll(async () => {
  await member.stop()
  await dropMemberDatabase(slug)
})

const opportunityId = (localId: string) => `${slug}:opportunity:${localId}`
const offeringId = (localId: string) => `${slug}:offering:${localId}`

describe('a member’s subgraph', () => {
  it('answers the whole of a run, with what is computed and what is inherited', async () => {
    const query = `query ($id: ID!) { courseOffering(id: $id) {
      id title dutch: title(language: "nl-NL") titles { language value } mode languages state
      isOpenForApplication application { opensAt closesAt isOpen } capacity { maximum remaining }
      price { amount currency } awardingBody { name institution { slug } } institution { name names { language } }
      opportunity { id ects nationalCredit { value unit } partOf { id } parts { id }
        learningOutcomes { code title translations { language } skills { title } }
        assessments { type description supervised } } } }`
    expect(await ask(query, { id: offeringId('C-1') })).toEqual({
      data: {
        courseOffering: {
          id: offeringId('C-1'),
          title: 'Kunstmatige intelligentie',
          dutch: 'Kunstmatige intelligentie',
          titles: [{ language: 'nl', value: 'Kunstmatige intelligentie' }],
          mode: 'BLENDED',
          languages: ['en'],
          state: 'ACTIVE',
          isOpenForApplication: true,
          application: {
            opensAt: '2027-01-01T00:00:00Z',
            closesAt: '2027-06-30T23:59:59Z',
            isOpen: true,
          },
          capacity: { maximum: 30, remaining: 2 },
          price: { amount: '99.5', currency: 'EUR' },
          awardingBody: { name: 'Test University', institution: { slug } },
          institution: { name: 'Test University', names: [{ language: 'en' }, { language: 'nl' }] },
          opportunity: {
            id: opportunityId('C'),
            ects: '2.5',
            nationalCredit: { value: '2.5', unit: 'EC' },
            partOf: [{ id: opportunityId('P') }],
            parts: [],
            learningOutcomes: [
              {
                code: 'LO1',
                title: 'Can learn',
                translations: [{ language: 'en' }, { language: 'nl' }],
                skills: [{ title: 'learning' }],
              },
            ],
            assessments: [{ type: 'marked assignment', description: 'Essay', supervised: false }],
          },
        },
      },
    })
  })

  it('lists, counts and pages', async () => {
    const query = `{ courseOfferings(filter: { text: "kunstmatige", ects: { maximum: 3 } }, orderBy: { field: START_DATE, direction: DESC }, first: 1) {
        totalCount nodes { title awardingBody { name institution { slug } } application { isOpen } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor } }
      learningOpportunities(filter: { kinds: [PROGRAMME] }) { totalCount nodes { title(language: "nl") parts {
        title offerings(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } } } } } }`
    const { data, errors } = await ask(query)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      courseOfferings: {
        totalCount: 2,
        nodes: [
          {
            title: 'Spring run',
            awardingBody: { name: 'A consortium', institution: null },
            application: null,
          },
        ],
        pageInfo: { hasNextPage: true, hasPreviousPage: false },
      },
      learningOpportunities: {
        totalCount: 1,
        nodes: [
          {
            title: 'Programma',
            parts: [
              {
                title: 'Kunstmatige intelligentie',
                offerings: {
                  totalCount: 2,
                  nodes: [{ id: offeringId('C-1') }],
                  pageInfo: { hasNextPage: true },
                },
              },
            ],
          },
        ],
      },
    })
  })

  it('resolves references in order, and what is missing or foreign to null', async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      __typename ... on LearningOpportunity { id title } ... on CourseOffering { id } ... on Institution { id slug } } }`
    const representations = [
      { __typename: 'CourseOffering', id: offeringId('C-2') },
      { __typename: 'LearningOpportunity', id: opportunityId('GONE') },
      { __typename: 'LearningOpportunity', id: opportunityId('P') },
      { __typename: 'LearningOpportunity', id: 'dcu:opportunity:P' },
      { __typename: 'LearningOpportunity', id: 'not an id\0' },
      { __typename: 'LearningOpportunity', id: offeringId('C-2') },
      { __typename: 'Institution', id: `${slug}:institution:${slug}` },
      { __typename: 'Institution', id: 'dcu:institution:dcu' },
      { __typename: 'LearningOpportunity', id: opportunityId('P') },
    ]
    const found = { __typename: 'LearningOpportunity', id: opportunityId('P'), title: 'Programme' }
    for (let times = 0; times < 2; times += 1) {
      expect(await ask(query, { representations })).toEqual({
        data: {
          _entities: [
            { __typename: 'CourseOffering', id: offeringId('C-2') },
            null,
            found,
            null,
            null,
            null,
            { __typename: 'Institution', id: `${slug}:institution:${slug}`, slug },
            null,
            found,
          ],
        },
      })
    }
  })

  it('counts facets', async () => {
    const { data } = await ask(
      '{ catalogueFacets { totalCount } learning: catalogueFacets(subject: LEARNING_OPPORTUNITIES) { totalCount ects { value count } } }',
    )
    expect(data).toEqual({
      catalogueFacets: { totalCount: 2 },
      learning: {
        totalCount: 2,
        ects: [
          { value: '1-3', count: 1 },
          { value: '>30', count: 1 },
        ],
      },
    })
  })

  it.each([
    ['{ courseOfferings(first: 101) { totalCount } }', 'PAGE_SIZE_INVALID'],
    ['{ courseOfferings(first: 1, last: 1) { totalCount } }', 'PAGE_SIZE_INVALID'],
    ['{ courseOfferings(after: "x") { totalCount } }', 'CURSOR_INVALID'],
    [
      `{ courseOfferings(filter: { text: "${'a'.repeat(201)}" }) { totalCount } }`,
      'BAD_USER_INPUT',
    ],
    [
      `{ courseOfferings(filter: { eqfLevels: [${Array(101).fill(1)}] }) { totalCount } }`,
      'BAD_USER_INPUT',
    ],
    ['{ courseOfferings(filter: { text: "a\\u0000" }) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ courseOfferings(filter: { languages: ["a\\u0000"] }) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ courseOfferings(filter: { ects: { minimum: "1e30" } }) { totalCount } }', 'BAD_USER_INPUT'],
    [
      '{ courseOfferings(filter: { startDate: { from: "2027-02-30" } }) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('refuses %s with %s', async (query, code) => {
    const { errors } = await ask(query)
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code])
  })

  it('finds a regional language under its language', async () => {
    const { data } = await ask(
      '{ courseOfferings(filter: { languages: ["en-GB"] }) { totalCount } }',
    )
    expect(data).toEqual({ courseOfferings: { totalCount: 2 } })
  })

  it('keeps the last catalogue when the source breaks, also over a restart', async () => {
    isSourceBroken = true
    await expect(member.sync()).rejects.toThrow('disk on fire')
    isSourceBroken = false
    const again = await startMember(optionsOf({ syncOnStart: false }))
    expect(await again.countOfferings()).toBe(2)
    await again.stop()
    await again.stop()
  })

  it('shows what a sync changed', async () => {
    records = [programme, { ...course, homepage: 'https://example.org/' }]
    const report = await member.sync()
    expect(report).toMatchObject({ member: slug, read: 2, changed: 1, unchanged: 1, rejected: 0 })
  })

  it('says DATABASE_UNAVAILABLE, and nothing of the server, when the database goes away', async () => {
    const lost = { ...registered, slug: `${slug}x` }
    const running = await startMember(
      optionsOf({
        registered: lost,
        definition: { ...definition, profile: { ...definition.profile, slug: lost.slug } },
      }),
    )
    await dropMemberDatabase(lost.slug)
    const { data, errors } = await ask(
      '{ courseOfferings { totalCount } institutions { slug } }',
      {},
      running,
    )
    expect(data).toEqual({ courseOfferings: null, institutions: [{ slug: lost.slug }] })
    expect(errors).toMatchObject([
      {
        message: 'The Postgres server could not be started or reached.',
        extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true },
      },
    ])
    expect((await fetch(new URL('/readyz', running.url))).status).toBe(503)
    await running.stop()
  })

  it('refuses to run one member under another’s name', async () => {
    const other = { ...registered, slug: 'dcu' }
    await expect(startMember(optionsOf({ registered: other }))).rejects.toThrow(RangeError)
  })
})
