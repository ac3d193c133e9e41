import { z } from 'zod'
import { type CatalogueAdapter, toHoursOfWork, toOpportunityFromOeapi } from '../catalogue/index.js'
import { profile } from './profile.js'

// Dutch rule: one EC stands for 28 hours of work.
const hoursPerEc = '28'

const national = z.object({
  course: z.object({ ext: z.object({ nlqfNiveau: z.number() }) }),
})

/**
 * The OEAPI mapping plus two Dutch conventions: the NLQF level (whose levels 1–8 are those of the EQF), and 28 hours
 * to the EC for records that give credits but no hours.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const draft = toOpportunityFromOeapi(record, profile)
  const parsed = national.safeParse(record)
  const level = parsed.success ? parsed.data.course.ext.nlqfNiveau : null
  return {
    ...draft,
    eqfLevel: level ?? draft.eqfLevel,
    nqfLevel: level === null ? null : `NLQF ${level}`,
    workloadHours: draft.workloadHours ?? toHoursOfWork(draft.ects, hoursPerEc),
  }
}
