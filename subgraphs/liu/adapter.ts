import { z } from 'zod'
import {
  type CatalogueAdapter,
  creditFromNational,
  toOpportunityFromMoochub,
} from '../catalogue/index.js'
import { profile } from './profile.js'

const national = z.object({
  attributes: z.object({
    liu: z.object({
      /** Högskolepoäng with a decimal comma, e.g. `7,5`. */
      hp: z.string(),
      /** `G…` for first-cycle, `A…` for second-cycle, e.g. `G2F`, `A1N`. */
      utbildningsniva: z.string().nullable(),
      betygsskala: z.string(),
      /** What `courseMode` has no word for. */
      undervisningsform: z.enum(['projekt', 'laboration']).optional(),
    }),
  }),
})

const modes = { projekt: 'PROJECT_BASED', laboration: 'LAB_BASED' } as const

/**
 * The MOOChub mapping plus what a Swedish syllabus says: högskolepoäng with a decimal comma, 26⅔ hours to each, the
 * level by its letter (G or A), and the grading scale of the course itself, as some are pass or fail only.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  // The url of a MOOChub item is required; those of the sample lead nowhere.
  const draft = { ...toOpportunityFromMoochub(record, profile), homepage: null }
  const parsed = national.safeParse(record)
  if (!parsed.success) return draft
  const { hp, utbildningsniva, betygsskala, undervisningsform } = parsed.data.attributes.liu
  const credit = creditFromNational(hp.replace(',', '.'), profile)
  const level = toLevel(utbildningsniva)
  return {
    ...draft,
    ...credit,
    workloadHours: toHours(credit.ects),
    eqfLevel: level,
    nqfLevel: level === null ? null : `SeQF ${level}`,
    ...(undervisningsform === undefined ? {} : { mode: modes[undervisningsform] }),
    assessments: withScale('assessments' in draft ? draft.assessments : [], betygsskala),
  }
}

function toLevel(code: string | null): number | null {
  if (code?.startsWith('G')) return 6
  return code?.startsWith('A') ? 7 : null
}

// A week of full-time study is 40 hours and 1.5 hp.
function toHours(ects: string | null): number | null {
  return ects === null ? null : Math.round((Number(ects) * 40) / 1.5)
}

function withScale(assessments: unknown, gradingScale: string): unknown {
  if (!Array.isArray(assessments)) return assessments
  return assessments.map((assessment: object) => ({ ...assessment, gradingScale }))
}
