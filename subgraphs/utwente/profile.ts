import type { MemberProfile } from '../catalogue/index.js'

/** University of Twente: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'utwente',
  languages: ['nl', 'en'],
  creditUnit: { name: 'EC', ectsPerUnit: '1' },
  gradingScale: '1–10, pass 5.5',
  timeZone: 'Europe/Amsterdam',
  currency: 'EUR',
  terms: ['kwartiel 1', 'kwartiel 2', 'kwartiel 3', 'kwartiel 4'],
}
