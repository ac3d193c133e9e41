import type { MemberProfile } from '../catalogue/index.js'

/** INSA Group: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'insa',
  languages: ['fr', 'en'],
  creditUnit: { name: 'crédits ECTS', ectsPerUnit: '1' },
  gradingScale: '0–20, pass 10',
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  terms: ["semestre d'automne", 'semestre de printemps'],
}
