import type { OpportunityId } from '../../../schema/index.js'
import { type LearningPathway, opportunitiesOf } from '../domain/learning-pathway.js'
import { toNotionalHours } from '../domain/pathways/notional-hours.js'
import type { HourRange, PathwayFacts } from '../domain/pathways/pathway-progress.js'
import type { RequestContext } from './request-context.js'

/**
 * What following a pathway needs besides awards and offers: what has to come before what, as published rules say, and
 * hours by credits and jurisdiction.
 */
export async function findPathwayFacts(
  { load, records, now }: Pick<RequestContext, 'load' | 'records' | 'now'>,
  pathway: LearningPathway,
  given: Pick<PathwayFacts, 'awards' | 'offers'>,
): Promise<PathwayFacts> {
  const notionalHours = new Map<OpportunityId, HourRange>()
  const wanted = opportunitiesOf(pathway)
  await Promise.all(
    wanted.map(async (id) => {
      const credential = await load.microCredentialByOpportunity(id)
      const jurisdiction = credential && (await load.jurisdiction(credential.jurisdictionCode))
      if (jurisdiction) {
        notionalHours.set(id, toNotionalHours(credential.ects, jurisdiction.workload))
      }
    }),
  )
  return {
    ...given,
    prerequisites: await findPrerequisites(records),
    notionalHours,
    date: now().toISOString().slice(0, 10),
  }
}

async function findPrerequisites(
  records: RequestContext['records'],
): Promise<PathwayFacts['prerequisites']> {
  const listed = (await records.allStackedCredentials()).flatMap(({ rule }) => rule.prerequisites)
  if (listed.length === 0) return new Map()
  const opportunityOf = new Map(
    (await records.allMicroCredentials()).map(({ id, opportunityId }) => [id, opportunityId]),
  )
  const found = new Map<OpportunityId, OpportunityId[]>()
  for (const { microCredentialId, requires } of listed) {
    const opportunityId = opportunityOf.get(microCredentialId)
    if (opportunityId === undefined) continue
    const before = requires.flatMap((id) => opportunityOf.get(id) ?? [])
    found.set(opportunityId, [...(found.get(opportunityId) ?? []), ...before])
  }
  return found
}
