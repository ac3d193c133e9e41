import type { MemberProfile } from '../catalogue/index.js'

/** Tampere University: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'tampere',
  languages: ['fi', 'en'],
  creditUnit: { name: 'opintopiste', ectsPerUnit: '1' },
  gradingScale: '0–5, pass 1',
  timeZone: 'Europe/Helsinki',
  currency: 'EUR',
  terms: ['1. periodi', '2. periodi', '3. periodi', '4. periodi'],
}
