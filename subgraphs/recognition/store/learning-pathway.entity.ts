import { defineEntity, p } from '@mikro-orm/core'
import type { LearningPathway } from '../domain/learning-pathway.js'

/** A learning pathway as one document, with the columns it is found, filtered and ordered by. */
export const LearningPathwayEntity = defineEntity({
  name: 'LearningPathway',
  tableName: 'learning_pathway',
  properties: {
    id: p.text().primary(),
    digest: p.text(),
    sortTitle: p.text(),
    searchText: p.text(),
    type: p.text(),
    /** Slugs of the members involved. */
    members: p.array<string>().columnType('text[]'),
    opportunityIds: p.array<string>().columnType('text[]'),
    document: p.json<LearningPathway>(),
  },
})
