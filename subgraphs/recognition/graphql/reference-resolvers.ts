import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { RequestContext } from './request-context.js'

interface IdRepresentation {
  readonly id: string
}

/**
 * How the entities of this subgraph are found from what a router sends. All representations of a request are looked up
 * together: each kind costs one SQL statement, however many there are.
 */
export const referenceResolvers = {
  Jurisdiction: {
    __resolveReference: async (
      { code }: { readonly code: string },
      { load }: RequestContext,
    ): Promise<Jurisdiction | null> => load.jurisdiction(code),
  },
  MicroCredential: {
    __resolveReference: async (
      { id }: IdRepresentation,
      { load }: RequestContext,
    ): Promise<MicroCredential | null> => load.microCredential(id),
  },
  LearningPathway: {
    __resolveReference: async (
      { id }: IdRepresentation,
      { load }: RequestContext,
    ): Promise<LearningPathway | null> => load.pathway(id),
  },
  // Opportunities, runs and institutions live elsewhere; here every id is one that may have something to add.
  LearningOpportunity: {
    __resolveReference: async ({ id }: IdRepresentation): Promise<IdRepresentation> => ({ id }),
  },
  CourseOffering: {
    __resolveReference: async ({ id }: IdRepresentation): Promise<IdRepresentation> => ({ id }),
  },
  Institution: {
    __resolveReference: async ({ id }: IdRepresentation): Promise<IdRepresentation> => ({ id }),
  },
}
