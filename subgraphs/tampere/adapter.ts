import { z } from 'zod'
import { type CatalogueAdapter, toHoursOfWork, toOpportunityFromOeapi } from '../catalogue/index.js'
import { profile } from './profile.js'

// 60 opintopistettä are a year of 1,600 hours: 27 hours each, rounded as Finnish universities print it.
const hoursPerOpintopiste = '27'

// Basic and intermediate studies belong to the bachelor's degree, advanced ones to the master's.
const eqfByStudies: Readonly<Record<string, number>> = {
  perusopinnot: 6,
  aineopinnot: 6,
  'syventävät opinnot': 7,
}

const national = z.object({ course: z.object({ ext: z.object({ opintojenTaso: z.string() }) }) })

/**
 * The OEAPI mapping plus three Finnish conventions: study load in `x-opintopiste`, 27 hours to each, and the level of
 * the studies (`perusopinnot`, `aineopinnot`, `syventävät opinnot`) for the EQF and FiNQF level.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const draft = toOpportunityFromOeapi(record, profile)
  const parsed = national.safeParse(record)
  const level = parsed.success ? (eqfByStudies[parsed.data.course.ext.opintojenTaso] ?? null) : null
  return {
    ...draft,
    eqfLevel: level,
    nqfLevel: level === null ? null : `FiNQF ${level}`,
    workloadHours: draft.workloadHours ?? toHoursOfWork(draft.ects, hoursPerOpintopiste),
  }
}
