import type { MemberProfile } from '../catalogue/index.js'

/** University of Stavanger: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'uis',
  languages: ['nb', 'en'],
  creditUnit: { name: 'studiepoeng', ectsPerUnit: '1' },
  gradingScale: 'A–F, pass E',
  timeZone: 'Europe/Oslo',
  currency: 'NOK',
  terms: ['høst', 'vår'],
}
