import { expect, test } from 'vitest'
import type { MemberProfile } from '../domain/member-profile.js'
import { readStudyLoad } from './oeapi-study-load.js'

const profile: MemberProfile = {
  slug: 'tecmonterrey',
  languages: ['es', 'en'],
  creditUnit: { name: 'Unidades', ectsPerUnit: '0.625' },
  gradingScale: '1–100, pass 70',
  timeZone: 'America/Monterrey',
  currency: 'MXN',
  terms: [],
}
const unidades = (value: string) => ({ value, unit: 'Unidades' })

test.each([
  [[['ects', 5]], { ects: '5', nationalCredit: unidades('8'), workloadHours: null }],
  [[['sp', 8]], { ects: '5', nationalCredit: unidades('8'), workloadHours: null }],
  [[['x-unidades', 12]], { ects: '7.5', nationalCredit: unidades('12'), workloadHours: null }],
  [
    [
      ['sp', 8],
      ['ects', 4.5],
      ['sbu', 140],
    ],
    { ects: '4.5', nationalCredit: unidades('8'), workloadHours: 140 },
  ],
  [[['hour', 12.5]], { ects: null, nationalCredit: null, workloadHours: 13 }],
  [[['contact_time', 40]], { ects: null, nationalCredit: null, workloadHours: null }],
  [[['x-points', 40]], { ects: null, nationalCredit: null, workloadHours: null }],
])('the study load %j becomes %j', (load, credit) => {
  const entries = load.map(([studyLoadUnit, value]) => ({ studyLoadUnit, value }))
  expect(readStudyLoad(entries, profile)).toEqual(credit)
})

test('no study load is no credit', () => {
  const none = { ects: null, nationalCredit: null, workloadHours: null }
  expect(readStudyLoad(null, profile)).toEqual(none)
  expect(readStudyLoad(undefined, profile)).toEqual(none)
})

test('a value that is no number is passed on for the validation to name', () => {
  const entries = [{ studyLoadUnit: 'ects', value: 'five' }]
  expect(readStudyLoad(entries, profile).ects).toBe('five')
})
