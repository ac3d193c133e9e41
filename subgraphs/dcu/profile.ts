import type { MemberProfile } from '../catalogue/index.js'

/** Dublin City University: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'dcu',
  languages: ['en', 'ga'],
  creditUnit: { name: 'ECTS credit', ectsPerUnit: '1' },
  gradingScale: '0–100 %, pass 40',
  timeZone: 'Europe/Dublin',
  currency: 'EUR',
  terms: ['Semester 1', 'Semester 2'],
}
