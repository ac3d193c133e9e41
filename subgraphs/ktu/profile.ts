import type { MemberProfile } from '../catalogue/index.js'

/** Kaunas University of Technology: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'ktu',
  languages: ['lt', 'en'],
  creditUnit: { name: 'kreditai', ectsPerUnit: '1' },
  gradingScale: '1–10, pass 5',
  timeZone: 'Europe/Vilnius',
  currency: 'EUR',
  terms: ['rudens semestras', 'pavasario semestras'],
}
