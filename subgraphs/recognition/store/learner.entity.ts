import { defineEntity, p } from '@mikro-orm/core'

/** A learner as far as recognition has to know them: no name is needed to count credits. */
export const LearnerEntity = defineEntity({
  name: 'Learner',
  tableName: 'learner',
  properties: {
    id: p.text().primary(),
    homeMember: p.text().nullable(),
    displayName: p.text().nullable(),
    language: p.text().nullable(),
    synthetic: p.boolean(),
  },
})
