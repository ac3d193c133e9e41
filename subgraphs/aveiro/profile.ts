import type { MemberProfile } from '../catalogue/index.js'

/** University of Aveiro: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'aveiro',
  languages: ['pt', 'en'],
  creditUnit: { name: 'ECTS', ectsPerUnit: '1' },
  gradingScale: '0–20, pass 10',
  timeZone: 'Europe/Lisbon',
  currency: 'EUR',
  terms: ['1.º semestre', '2.º semestre'],
}
