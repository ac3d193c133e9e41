import type { MemberProfile } from '../catalogue/index.js'

/** Autonomous University of Barcelona: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'uab',
  languages: ['ca', 'es', 'en'],
  creditUnit: { name: 'crèdit ECTS', ectsPerUnit: '1' },
  gradingScale: '0–10, pass 5',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  terms: ['primer semestre', 'segon semestre'],
}
