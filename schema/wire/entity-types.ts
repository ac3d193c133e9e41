import type { EntityKind } from './global-id.js'

/** The GraphQL type of what has an id of this kind; null for kinds that are no entity of the catalogue. */
export const typesByKind: Readonly<Partial<Record<EntityKind, string>>> = {
  institution: 'Institution',
  opportunity: 'LearningOpportunity',
  offering: 'CourseOffering',
  microcredential: 'MicroCredential',
  pathway: 'LearningPathway',
}
