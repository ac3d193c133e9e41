import type { CacheHint } from '../../../infra/runtime/index.js'

/**
 * How long parts of the catalogue may be kept, in seconds. A catalogue changes with its syncs, which purge what they
 * change; so these are limits for what a purge does not know: the clock and what others count.
 */
export const cacheHints: Readonly<Record<string, CacheHint>> = {
  'Query.courseOfferings': { maxAge: 300 },
  'Query.learningOpportunities': { maxAge: 300 },
  'Query.courseOffering': { maxAge: 300 },
  'Query.learningOpportunity': { maxAge: 300 },
  'Query.institution': { maxAge: 3_600 },
  'Query.institutions': { maxAge: 3_600 },
  'Query.catalogueFacets': { maxAge: 300 },
  CourseOffering: { maxAge: 300 },
  LearningOpportunity: { maxAge: 300 },
  Institution: { maxAge: 3_600 },
  // Opens and closes by the clock.
  'CourseOffering.isOpenForApplication': { maxAge: 60 },
  // Places are taken at any moment.
  Capacity: { maxAge: 30 },
}
