import { ownerOf } from '../../../schema/index.js'
import { type LearningPathway, opportunitiesOf } from './learning-pathway.js'

/** Slugs of the members whose opportunities the pathway uses, sorted. */
export function membersInvolved(pathway: Pick<LearningPathway, 'steps'>): readonly string[] {
  const members = new Set<string>()
  for (const id of opportunitiesOf(pathway)) {
    const owner = ownerOf(id)
    if (owner !== null) members.add(owner)
  }
  return [...members].sort()
}
