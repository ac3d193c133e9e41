import type { MemberProfile } from '../catalogue/index.js'

/** Lodz University of Technology: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'lodz',
  languages: ['pl', 'en'],
  creditUnit: { name: 'punkty ECTS', ectsPerUnit: '1' },
  gradingScale: '2,0–5,0, pass 3,0',
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  terms: ['semestr zimowy', 'semestr letni'],
}
