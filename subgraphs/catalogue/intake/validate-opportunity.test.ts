import { describe, expect, test } from 'vitest'
import { validateOpportunity } from './validate-opportunity.js'

const minimal = { localId: 'A', kind: 'COURSE', title: { en: 'Algebra' } }

describe('validating an opportunity', () => {
  test('fills what is left out', () => {
    const draft = { ...minimal, offerings: [{ localId: 'A-1' }] }
    expect(validateOpportunity(draft, { index: 0 })).toEqual({
      ok: true,
      record: {
        ...minimal,
        codes: [],
        description: {},
        ects: null,
        nationalCredit: null,
        workloadHours: null,
        eqfLevel: null,
        nqfLevel: null,
        iscedF: [],
        learningOutcomes: [],
        languages: [],
        mode: null,
        entryRequirements: {},
        assessments: [],
        topics: [],
        challenge: null,
        partOf: [],
        homepage: null,
        synthetic: false,
        offerings: [
          {
            localId: 'A-1',
            code: null,
            title: {},
            session: null,
            startDate: null,
            endDate: null,
            mode: null,
            languages: [],
            place: null,
            state: 'ACTIVE',
            application: null,
            applicationUrl: null,
            capacity: null,
            price: null,
            awardingBody: null,
          },
        ],
      },
    })
  })

  test('lists every fault of a record, those between fields too', () => {
    const draft = {
      localId: 'with space',
      kind: 'COURSE',
      title: { en: ' ', xx1: 'x', fi: 7 },
      ects: '-1',
      titel: {},
      challenge: { minimumTeamSize: 5, maximumTeamSize: 2 },
      offerings: [
        { localId: 'S', startDate: '2026-02-30', endDate: '2026-01-01' },
        { localId: 'S', startDate: '2026-03-01', endDate: '2026-02-01' },
      ],
    }
    expect(faultsOf(draft)).toEqual([
      'localId FORMAT',
      'title.en REQUIRED',
      'title.xx1 UNKNOWN_VALUE',
      'title.fi FORMAT',
      'ects RANGE',
      'offerings[0].startDate FORMAT',
      'titel UNKNOWN_FIELD',
      'challenge NOT_APPLICABLE',
      'challenge.maximumTeamSize ORDER',
      'offerings[1].localId DUPLICATE',
      'offerings[1].endDate ORDER',
    ])
  })

  test.each([
    [null, [' FORMAT']],
    [undefined, [' REQUIRED']],
    [[], [' FORMAT']],
    [{}, ['localId REQUIRED', 'kind REQUIRED', 'title REQUIRED']],
  ])('judges the draft %j', (draft, faults) => {
    expect(faultsOf(draft)).toEqual(faults)
  })

  test.each([
    [{ title: { en: 'A', EN: 'B' } }, ['title.EN DUPLICATE']],
    [{ languages: ['en', 'eng'] }, ['languages[1] DUPLICATE']],
    [{ ects: '0.1234567' }, ['ects RANGE']],
    [{ ects: true }, ['ects FORMAT']],
    [{ homepage: 'https://user:secret@university.example' }, ['homepage FORMAT']],
    [{ homepage: '/course' }, ['homepage FORMAT']],
    [{ description: null }, ['description FORMAT']],
    [{ iscedF: ['06113'] }, ['iscedF[0] FORMAT']],
    [{ codes: Array(2).fill({ codeType: 'a', code: 'b' }) }, ['codes[1] DUPLICATE']],
    [
      { offerings: [{ localId: 'S', place: { countryCode: 'EU' } }] },
      ['offerings[0].place.countryCode UNKNOWN_VALUE'],
    ],
    [
      { offerings: [{ localId: 'S', price: { amount: '10.5', currency: 'JPY' } }] },
      ['offerings[0].price.amount RANGE'],
    ],
    [
      { offerings: [{ localId: 'S', price: { currency: 'EUR' } }] },
      ['offerings[0].price.amount REQUIRED'],
    ],
    [
      { offerings: [{ localId: 'S', session: { name: null } }] },
      ['offerings[0].session.name REQUIRED'],
    ],
    [
      { offerings: [{ localId: 'S', application: { opensAt: '2026-05-01' } }] },
      ['offerings[0].application.opensAt FORMAT'],
    ],
  ])('finds what is wrong with %j', (part, faults) => {
    expect(faultsOf({ ...minimal, ...part })).toEqual(faults)
  })

  test('puts texts, languages, decimals and URLs into one form', () => {
    const draft = {
      ...minimal,
      title: { 'EN-gb': ' A\n title ' },
      ects: '02.50',
      languages: ['fin'],
      homepage: 'HTTPS://University.example',
      topics: ['two\n words'],
    }
    expect(validateOpportunity(draft, { index: 0 })).toMatchObject({
      ok: true,
      record: {
        title: { 'en-GB': 'A title' },
        ects: '2.5',
        languages: ['fi'],
        homepage: 'https://university.example/',
        topics: ['two words'],
      },
    })
  })

  test('names the value, what is accepted, the record and its place', () => {
    const validated = validateOpportunity({ ...minimal, eqfLevel: 9 }, { index: 41 })
    expect(validated).toEqual({
      ok: false,
      faults: [
        {
          index: 41,
          localId: 'A',
          path: 'eqfLevel',
          code: 'RANGE',
          message: '9 is out of range; expected 1 to 8',
        },
      ],
    })
  })
})

function faultsOf(draft: unknown): readonly string[] {
  const validated = validateOpportunity(draft, { index: 0 })
  return validated.ok ? [] : validated.faults.map(({ path, code }) => `${path} ${code}`)
}
