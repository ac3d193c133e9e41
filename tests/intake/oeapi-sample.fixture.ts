import type { MemberProfile } from '../../subgraphs/catalogue/index.js'

/** A member for the intake tests: Dutch, with credits that are ECTS. */
export const sampleProfile: MemberProfile = {
  slug: 'sample',
  languages: ['nl', 'en'],
  creditUnit: { name: 'EC', ectsPerUnit: '1' },
  gradingScale: '1–10, pass 5.5',
  timeZone: 'Europe/Amsterdam',
  currency: 'EUR',
  terms: ['kwartiel'],
}

type Json = Record<string, unknown>

/** An OEAPI course and offering that a test may break anywhere. */
export interface SampleCourse {
  readonly course: Json
  readonly offering: Json
  readonly extension: Json
}

/** A valid course of OEAPI v6 with one run, using every field the mapping reads. `number` makes it unique. */
export function createSampleCourse(number: number): SampleCourse {
  const code = `CS-${String(number).padStart(4, '0')}`
  const suffix = String(number).padStart(12, '0')
  const extension: Json = {
    kind: 'challenge',
    challenge: {
      providers: ['Gemeente Enschede'],
      place: 'Enschede',
      minimumTeamSize: 3,
      maximumTeamSize: 5,
    },
    partOf: ['CS-GROUP'],
    topics: ['water'],
    eqfLevel: 7,
    nqfLevel: 'NLQF 7',
    assessments: [{ type: 'project work', description: { en: 'A report.' }, supervised: false }],
    synthetic: true,
  }
  const course: Json = {
    courseId: `123e4567-e89b-12d3-a456-${suffix}`,
    primaryCode: { codeType: 'identifier', code },
    otherCodes: [{ codeType: 'system_id', code: `OSIRIS-${number}` }],
    name: [
      { language: 'nl-NL', value: `Cursus ${number}` },
      { language: 'en-GB', value: `Course ${number}` },
    ],
    description: [{ language: 'en-GB', value: 'What it is about.' }],
    studyLoad: [
      { studyLoadUnit: 'ects', value: 2.5 },
      { studyLoadUnit: 'sbu', value: 70 },
    ],
    modesOfDelivery: ['blended'],
    teachingLanguages: ['eng', 'nl'],
    fieldsOfStudy: '0611',
    learningOutcomes: [
      {
        learningOutcomeId: `223e4567-e89b-12d3-a456-${suffix}`,
        primaryCode: { codeType: 'identifier', code: 'LO1' },
        name: [{ language: 'en', value: 'Can tell a model from the world.' }],
        ext: {
          allianceHub: {
            skills: [
              {
                escoUri: 'http://data.europa.eu/esco/skill/3a2d5b45-56e4-4f5a-a55a-4a4a65afdc43',
                title: { en: 'data models' },
              },
            ],
          },
        },
      },
    ],
    admissionRequirements: [{ language: 'en', value: 'None.' }],
    link: 'https://university.example/course',
    ext: { allianceHub: extension },
  }
  const offering: Json = {
    courseOfferingId: `323e4567-e89b-12d3-a456-${suffix}`,
    courseId: course.courseId,
    primaryCode: { codeType: 'offering_code', code: `${code}-2026` },
    name: [{ language: 'en', value: `Course ${number}, autumn` }],
    academicSession: {
      primaryCode: { codeType: 'identifier', code: '2026-1A' },
      name: [{ language: 'en', value: 'Quartile 1A 2026/27' }],
      startDateTime: '2026-08-31T22:00:00Z',
      endDateTime: '2026-11-08T23:00:00Z',
    },
    state: 'active',
    startDateTime: '2026-09-07T08:00:00+02:00',
    endDateTime: '2026-11-06T17:00:00+01:00',
    maxNumberStudents: 40,
    enrolledNumberStudents: 12,
    addresses: [{ addressType: 'teaching', city: 'Enschede', countryCode: 'NL' }],
    enrolmentPeriods: [
      {
        startDateTime: '2026-05-01T09:00:00+02:00',
        endDateTime: '2026-08-15T23:59:59+02:00',
        enrolmentUrl: 'https://university.example/apply',
      },
    ],
    priceInformation: [{ costType: 'total_costs', amount: '340.84', currency: 'EUR' }],
  }
  return { course, offering, extension }
}
