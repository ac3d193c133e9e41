import type { MemberProfile } from '../catalogue/index.js'

/** Linköping University: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'liu',
  languages: ['sv', 'en'],
  creditUnit: { name: 'högskolepoäng', ectsPerUnit: '1' },
  gradingScale: 'U, 3, 4, 5',
  timeZone: 'Europe/Stockholm',
  currency: 'SEK',
  terms: ['HT period 1', 'HT period 2', 'VT period 1', 'VT period 2'],
}
