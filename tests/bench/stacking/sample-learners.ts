import type { LearnerHistory } from '../../../subgraphs/recognition/index.js'

type Award = LearnerHistory['awards'][number]
type MicroCredentialId = Award['microCredentialId']

const memberCount = 13
const catalogueSize = 300
const sizes = ['1', '2', '2.5', '3', '3', '4', '5', '5', '7.5'] as const
const fields = ['0613', '0612', '0541', '0311', '0413', '0713'] as const

export function sampleMicroCredentialId(index: number): MicroCredentialId {
  return `alliance:microcredential:bench-${index}` as MicroCredentialId
}

/** The date on which everything is evaluated. */
export const sampleDate = '2025-12-31'

/**
 * Synthetic learners who took offers of a synthetic catalogue of 300 micro-credentials by thirteen members, the same for
 * the same seed.
 */
export function createSampleLearners(seed: number): {
  readonly history: (learner: number, awards: number) => LearnerHistory
  /** Mostly a few awards, sometimes dozens: 1 to 40, twelve on average. */
  readonly usualHistory: (learner: number) => LearnerHistory
} {
  let state = seed >>> 0
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
  const below = (count: number) => Math.floor(random() * count)
  const catalogue = Array.from({ length: catalogueSize }, (_, index) => buildOffer(index))
  return { history, usualHistory: (learner) => history(learner, usualCount()) }

  function usualCount(): number {
    return Math.min(40, 1 + Math.floor(-11 * Math.log(1 - random())))
  }

  function history(learner: number, awards: number): LearnerHistory {
    const taken = new Set<number>()
    while (taken.size < awards) taken.add(below(catalogueSize))
    return {
      awards: [...taken].map((index, place): Award => {
        const offer = catalogue[index] ?? buildOffer(index)
        const year = 2019 + below(7)
        const month = String(1 + below(12)).padStart(2, '0')
        return {
          ...offer,
          id: `${offer.awardingMember}:award:${learner}-${place}` as Award['id'],
          awardedOn: `${year}-${month}-15`,
          status: random() < 0.97 ? 'VALID' : 'REVOKED',
        }
      }),
      completedAt: [],
    }
  }

  function buildOffer(index: number): Award {
    const member = `member${index % memberCount}`
    return {
      id: '' as Award['id'],
      microCredentialId: sampleMicroCredentialId(index),
      opportunityId: `${member}:opportunity:bench-${index}` as Award['opportunityId'],
      awardingMember: member,
      jurisdictionCode: `J${(index % memberCount) % 9}`,
      awardedOn: '',
      ects: sizes[below(sizes.length)] ?? '3',
      eqfLevel: [null, 5, 6, 6, 7][below(5)] ?? null,
      iscedF: [fields[below(fields.length)] ?? '0613'],
      learningOutcomes: Array.from({ length: 1 + below(4) }, () => ({
        titles: { en: `Outcome ${below(12)}` },
        skills: [],
      })),
      grade: null,
      supervision: below(2) === 0 ? 'UNSUPERVISED_WITHOUT_ID' : 'SUPERVISED_ONSITE_WITH_ID',
      isCapstone: below(8) === 0,
      accreditation: below(20) === 0 ? null : 'synthetic accreditation',
      status: 'VALID',
      supersededBy: null,
    }
  }
}

/** Histories of many learners, made as they are asked for. */
export function* streamHistories(
  learners: number,
  batchSize: number,
): Generator<readonly LearnerHistory[]> {
  const { usualHistory } = createSampleLearners(20_261_125)
  for (let first = 0; first < learners; first += batchSize) {
    const size = Math.min(batchSize, learners - first)
    yield Array.from({ length: size }, (_, index) => usualHistory(first + index))
  }
}
