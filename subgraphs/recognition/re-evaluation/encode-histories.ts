import type { LearnerHistory } from '../domain/evaluate-learners.js'
import type { StackableAward } from '../domain/stacking/stack-evaluation.js'

/** What differs between awards of one definition. */
type OwnPart = Pick<StackableAward, 'id' | 'awardedOn' | 'status' | 'supersededBy' | 'grade'>
type SharedPart = Omit<StackableAward, keyof OwnPart>
type EncodedAward = readonly [shared: number, ...own: unknown[]]

interface EncodedHistories {
  readonly shared: readonly SharedPart[]
  readonly learners: readonly (readonly [
    awards: readonly EncodedAward[],
    completedAt: LearnerHistory['completedAt'],
  ])[]
}

/**
 * A batch as one string for another thread: what awards of one definition share is written once. Copying the objects
 * instead cost as much as evaluating them.
 */
export function encodeHistories(histories: readonly LearnerHistory[]): string {
  const shared: SharedPart[] = []
  const placesOf = new Map<string, number[]>()
  const encoded: EncodedHistories = {
    shared,
    learners: histories.map(({ awards, completedAt }) => [awards.map(encode), completedAt]),
  }
  return JSON.stringify(encoded)

  function encode(award: StackableAward): EncodedAward {
    const { id, awardedOn, status, supersededBy, grade } = award
    const place = findPlace(award)
    if (grade !== null) return [place, id, awardedOn, status, supersededBy, grade]
    if (supersededBy !== null) return [place, id, awardedOn, status, supersededBy]
    return status === 'VALID' ? [place, id, awardedOn] : [place, id, awardedOn, status]
  }

  function findPlace(award: StackableAward): number {
    const places = placesOf.get(award.microCredentialId)
    if (places !== undefined) {
      for (const place of places) {
        const known = shared[place]
        if (known !== undefined && isSame(known, award)) return place
      }
    }
    const place = shared.push(toSharedPart(award)) - 1
    if (places === undefined) placesOf.set(award.microCredentialId, [place])
    else places.push(place)
    return place
  }
}

/** The batch that {@link encodeHistories} wrote. */
export function decodeHistories(text: string): readonly LearnerHistory[] {
  const { shared, learners } = JSON.parse(text) as EncodedHistories
  return learners.map(([awards, completedAt]) => ({
    completedAt,
    awards: awards.map(([place, ...own]) => {
      const [id, awardedOn, status = 'VALID', supersededBy = null, grade = null] = own
      return { ...shared[place], id, awardedOn, status, supersededBy, grade } as StackableAward
    }),
  }))
}

function toSharedPart(award: StackableAward): SharedPart {
  const { microCredentialId, opportunityId, awardingMember, jurisdictionCode, ects } = award
  const { eqfLevel, iscedF, learningOutcomes, supervision, isCapstone, accreditation } = award
  return {
    microCredentialId,
    opportunityId,
    awardingMember,
    jurisdictionCode,
    ects,
    eqfLevel,
    iscedF,
    learningOutcomes,
    supervision,
    isCapstone,
    accreditation,
  }
}

/** Lists are compared by identity: whoever reads awards shares the lists of one definition, or loses only space. */
function isSame(known: SharedPart, award: StackableAward): boolean {
  return (
    known.learningOutcomes === award.learningOutcomes &&
    known.iscedF === award.iscedF &&
    known.opportunityId === award.opportunityId &&
    known.awardingMember === award.awardingMember &&
    known.jurisdictionCode === award.jurisdictionCode &&
    known.ects === award.ects &&
    known.eqfLevel === award.eqfLevel &&
    known.supervision === award.supervision &&
    known.isCapstone === award.isCapstone &&
    known.accreditation === award.accreditation
  )
}
