import type { OfferingRecord, OpportunityRecord } from '../domain/catalogue-record.js'

/** A complete opportunity for tests; every field can be overridden. */
export function sampleOpportunity(
  localId: string,
  overrides: Partial<OpportunityRecord> = {},
): OpportunityRecord {
  return {
    localId,
    kind: 'COURSE',
    codes: [{ codeType: 'course', code: localId }],
    title: { en: `Course ${localId}` },
    description: { en: 'A course.' },
    ects: '5',
    nationalCredit: null,
    workloadHours: null,
    eqfLevel: 6,
    nqfLevel: null,
    iscedF: ['0613'],
    learningOutcomes: [],
    languages: ['en'],
    mode: 'BLENDED',
    entryRequirements: {},
    assessments: [],
    topics: [],
    challenge: null,
    partOf: [],
    homepage: null,
    synthetic: true,
    offerings: [],
    ...overrides,
  }
}

/** A complete run for tests: active, dated and open for application in the first half of 2027. */
export function sampleOffering(
  localId: string,
  overrides: Partial<OfferingRecord> = {},
): OfferingRecord {
  return {
    localId,
    code: null,
    title: {},
    session: null,
    startDate: '2027-09-01',
    endDate: '2028-01-31',
    mode: null,
    languages: [],
    place: null,
    state: 'ACTIVE',
    application: { opensAt: '2027-01-01T00:00:00Z', closesAt: '2027-06-30T23:59:59Z' },
    applicationUrl: null,
    capacity: null,
    price: null,
    awardingBody: null,
    ...overrides,
  }
}
