import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import type { RegisteredMember } from '../../schema/index.js'
import type { OpportunityRecord } from './domain/catalogue-record.js'
import type { MemberDefinition } from './domain/member-definition.js'
import type { MemberOptions } from './start-member.js'
import { sampleOffering, sampleOpportunity } from './store/sample-records.fixture.js'

/** Slug of this suite's member. */
export const slug = `t${randomBytes(6).toString('hex')}`
/** Within the application windows of the sample runs. */
const now = () => new Date('2027-03-01T12:00:00Z')

/** A programme with the course as its part. */
export const programme = sampleOpportunity('P', {
  kind: 'PROGRAMME',
  title: { nl: 'Programma', en: 'Programme' },
  ects: '60',
})
/** A course with two runs. */
export const course = sampleOpportunity('C', {
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
/** The member's source, for a test to change or break. */
export const source: { records: readonly OpportunityRecord[]; isBroken: boolean } = {
  records: [programme, course],
  isBroken: false,
}

/** What the member's folder would contribute. */
export const definition: MemberDefinition = {
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
      if (source.isBroken) throw new Error('disk on fire')
      return source.records
    },
  }),
}
/** Its entry in the register. */
export const registered: RegisteredMember = {
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

/** A GraphQL answer. */
export interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { code: string } }[]
}

/** Options to start it with. */
export const optionsOf = (overrides: Partial<MemberOptions> = {}): MemberOptions => ({
  definition,
  registered,
  dataDirectory: '.',
  databaseUrl: inject('postgresUrl'),
  host: '127.0.0.1',
  port: 0,
  callers: { kind: 'anyone' },
  now,
  log: silentLogger,
  syncOnStart: true,
  ...overrides,
})

/** Asks a running member. */
export async function ask(
  target: { readonly url: string },
  query: string,
  variables: object = {},
): Promise<Answer> {
  const response = await fetch(target.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}
