import type { MemberProfile } from '../catalogue/index.js'

/** Hamburg University of Technology: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'tuhh',
  languages: ['de', 'en'],
  creditUnit: { name: 'Leistungspunkte', ectsPerUnit: '1' },
  gradingScale: '1,0–5,0, pass 4,0',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  terms: ['Wintersemester', 'Sommersemester'],
}
