import { z } from 'zod'
import { type CatalogueAdapter, toOpportunityFromOeapi } from '../catalogue/index.js'
import { profile } from './profile.js'

// The Irish framework has ten levels. Both bachelor's levels, ordinary (7) and honours (8), are EQF 6.
// Source: Europass, "Compare qualifications".
const eqfByNfq: Readonly<Record<number, number>> = { 6: 5, 7: 6, 8: 6, 9: 7, 10: 8 }

const national = z.object({ course: z.object({ ext: z.object({ nfqLevel: z.number() }) }) })

/** The OEAPI mapping plus the Irish one: a module is placed on the NFQ, and its EQF level follows from that. */
export const toOpportunity: CatalogueAdapter = (record) => {
  const draft = toOpportunityFromOeapi(record, profile)
  const parsed = national.safeParse(record)
  const level = parsed.success ? parsed.data.course.ext.nfqLevel : null
  return {
    ...draft,
    eqfLevel: level === null ? null : (eqfByNfq[level] ?? null),
    nqfLevel: level === null ? null : `NFQ ${level}`,
  }
}
