import type { MemberProfile } from '../catalogue/index.js'

/** Tecnológico de Monterrey: how it counts, grades and divides the year. */
export const profile: MemberProfile = {
  slug: 'tecmonterrey',
  languages: ['es', 'en'],
  creditUnit: { name: 'unidades', ectsPerUnit: '0.625' },
  gradingScale: '1–100, pass 70',
  timeZone: 'America/Monterrey',
  currency: 'MXN',
  terms: ['agosto-diciembre', 'febrero-junio', 'periodo de 5 semanas'],
}
