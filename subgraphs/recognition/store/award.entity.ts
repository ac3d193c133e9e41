import { defineEntity, p } from '@mikro-orm/core'
import type { LearningOutcome } from '../domain/micro-credential.js'

/** An award; what it says is fixed when it is made, only `status`, `supersededBy` and `version` change. */
export const AwardEntity = defineEntity({
  name: 'Award',
  tableName: 'award',
  properties: {
    id: p.text().primary(),
    learnerId: p.text(),
    microCredentialId: p.text(),
    opportunityId: p.text(),
    awardingMember: p.text(),
    jurisdictionCode: p.text(),
    awardedOn: p.date(),
    /** Exact: `numeric`, read as a string. */
    ects: p.decimal('string').columnType('numeric'),
    eqfLevel: p.integer().nullable(),
    iscedF: p.array<string>().columnType('text[]').fieldName('isced_f'),
    learningOutcomes: p.json<readonly LearningOutcome[]>(),
    gradeValue: p.text().nullable(),
    gradeScale: p.text().nullable(),
    supervision: p.text(),
    isCapstone: p.boolean(),
    accreditation: p.text().nullable(),
    status: p.text(),
    supersededBy: p.text().nullable(),
    version: p.integer(),
    synthetic: p.boolean(),
  },
})
