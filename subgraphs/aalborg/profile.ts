import type { MemberProfile } from '../catalogue/index.js'

/** Aalborg University: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'aalborg',
  languages: ['da', 'en'],
  creditUnit: { name: 'ECTS-point', ectsPerUnit: '1' },
  gradingScale: '7-point scale (−3 to 12), pass 02',
  timeZone: 'Europe/Copenhagen',
  currency: 'DKK',
  terms: ['efterår', 'forår'],
}
