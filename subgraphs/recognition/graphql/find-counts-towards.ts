import type { LearningPathway } from '../domain/learning-pathway.js'
import type { StackedCredential } from '../domain/stacked-credential.js'
import { toFutureAward } from '../domain/stacking/future-award.js'
import { listServedRequirements } from '../domain/stacking/list-served-requirements.js'
import { maximumPageSize } from '../store/title-page.js'
import { toCandidate } from './find-stack-completions.js'
import type { RequestContext } from './request-context.js'

/** A stacked credential with the requirements an opportunity could serve, or a pathway with its steps. */
export interface CountsTowards {
  /** Its id. */
  readonly key: string
  readonly stackedCredential: StackedCredential | null
  readonly pathway: LearningPathway | null
  readonly requirementIds: readonly string[]
  readonly stepPositions: readonly number[]
}

/**
 * What an opportunity counts towards, in three statements for all the opportunities of a request. It counts towards a
 * stacked credential by the micro-credential it leads to; at most a hundred pathways are listed.
 */
export async function findCountsTowards(
  opportunityId: string,
  { load, records, now }: Pick<RequestContext, 'load' | 'records' | 'now'>,
): Promise<readonly CountsTowards[]> {
  const date = now().toISOString().slice(0, 10)
  // At once: known and unknown opportunities would otherwise ask for pathways one after the other.
  const [credential, pathways] = await Promise.all([
    load.microCredentialByOpportunity(opportunityId),
    load.pathwaysByOpportunity(opportunityId, { first: maximumPageSize }),
  ])
  const award = credential && toFutureAward(toCandidate(credential, date), 0)
  const stacks = award ? await records.compiledStacks() : []
  return [
    ...stacks.flatMap(({ definition, compiled }): CountsTowards[] => {
      const requirementIds = award ? listServedRequirements(compiled, award, date) : []
      if (requirementIds.length === 0) return []
      const { id: key } = definition
      return [
        { key, stackedCredential: definition, pathway: null, requirementIds, stepPositions: [] },
      ]
    }),
    ...pathways.edges.map(({ node: pathway }): CountsTowards => {
      const stepPositions = pathway.steps
        .filter(({ opportunityIds }) => opportunityIds.some((id) => id === opportunityId))
        .map(({ position }) => position)
      return {
        key: pathway.id,
        stackedCredential: null,
        pathway,
        requirementIds: [],
        stepPositions,
      }
    }),
  ]
}
