import {
  type AwardId,
  allianceOwner,
  type LearnerId,
  type MicroCredentialId,
  type OpportunityId,
  type PathwayId,
  type RecognitionRequestId,
  type StackedCredentialId,
  toGlobalId,
} from '../../../../schema/index.js'
import {
  createRandomSource,
  type RandomSource,
} from '../../../../tests/conformance/random/random-source.js'
import type { RecognitionEvent, RecognitionFact } from '../../domain/recognition-event.js'

/** An event that has not been appended yet. */
export type DraftEvent = Omit<RecognitionEvent, 'sequence'>

const homes = ['dcu', 'liu', 'uis', null]
const awarding = [
  { member: 'dcu', jurisdiction: 'IE', eqf: 6 },
  { member: 'liu', jurisdiction: 'SE', eqf: 7 },
  { member: 'tecmonterrey', jurisdiction: 'MX', eqf: null },
]
const fields = [['0613'], ['0613', '0612'], ['0311', '0712'], []]
const skills = [['data'], ['data', 'ethics'], ['ethics', 'ethics'], []]
const sizes = ['0', '2', '2.5', '3', '7.5', '12', '30']

/**
 * A small world in disorder: few learners and things, so that events meet; dates around the turn of a reporting year;
 * late, contradictory, corrected, and corrections of corrections, some of which name another learner, day or home.
 */
export function drawEvents(seed: number, count: number): DraftEvent[] {
  const random = createRandomSource(seed)
  const events: DraftEvent[] = []
  for (let index = 0; index < count; index += 1) {
    const target = random.chance(0.12) && events.length > 0 ? random.pick(events) : null
    events.push(target ? correct(random, index, target) : draw(random, index))
  }
  return events
}

function draw(random: RandomSource, index: number): DraftEvent {
  const learner = random.below(7)
  return {
    id: `e${index}`,
    occurredOn: drawDay(random),
    recordedAt: recordedAt(index),
    learnerId: toLearner(learner),
    homeMember: random.pick(homes),
    corrects: null,
    fact: drawFact(random, learner),
  }
}

/** Says the same again with something else in it. The corrected one may itself be a correction, or corrected twice. */
function correct(random: RandomSource, index: number, target: DraftEvent): DraftEvent {
  const base = { ...target, id: `e${index}`, recordedAt: recordedAt(index), corrects: target.id }
  switch (random.below(4)) {
    case 0:
      return { ...base, occurredOn: drawDay(random) }
    case 1:
      return { ...base, homeMember: random.pick(homes) }
    case 2:
      return { ...base, learnerId: toLearner(random.below(7)) }
    default:
      return { ...base, fact: drawFact(random, random.below(7)) }
  }
}

function drawFact(random: RandomSource, learner: number): RecognitionFact {
  const pathwayId: PathwayId = toGlobalId(allianceOwner, 'pathway', `p${random.below(3)}`)
  const dice = random.next()
  if (dice < 0.18) return { kind: 'pathway.enrolled', pathwayId }
  if (dice < 0.38) {
    return {
      kind: random.chance(0.5) ? 'pathway.stepStarted' : 'pathway.stepCompleted',
      pathwayId,
      position: 1 + random.below(3),
      opportunityId: 'dcu:opportunity:o' as OpportunityId,
    }
  }
  if (dice < 0.48) {
    return { kind: random.chance(0.5) ? 'pathway.completed' : 'pathway.withdrawn', pathwayId }
  }
  if (dice < 0.75) return drawAward(random, learner)
  if (dice < 0.85) {
    return {
      kind: random.pick(['stack.progressed', 'stack.completed', 'stack.reopened']),
      stackedCredentialId: `alliance:stackedcredential:s${random.below(2)}` as StackedCredentialId,
      ruleVersion: 1,
      ectsCounted: '3',
      requirementsMet: 1,
      requirementsTotal: 2,
      awardIds: [],
    }
  }
  const isDecided = random.chance(0.5)
  return {
    kind: isDecided
      ? 'recognition.decided'
      : random.chance(0.8)
        ? 'recognition.requested'
        : 'recognition.appealed',
    requestId: `dcu:recognitionrequest:l${learner}r${random.below(2)}` as RecognitionRequestId,
    recognisingMember: random.pick(awarding).member,
    awardingMember: random.pick(awarding).member,
    outcome: isDecided
      ? random.pick(['RECOGNISED', 'PARTIAL', 'REFUSED_SUBSTANTIAL_DIFFERENCE'])
      : null,
    isAutomatic: random.chance(0.3),
  }
}

function drawAward(random: RandomSource, learner: number): RecognitionFact {
  const { member, jurisdiction, eqf } = random.pick(awarding)
  return {
    kind: random.chance(0.7)
      ? 'award.made'
      : random.pick(['award.revoked', 'award.suspended', 'award.reinstated', 'award.superseded']),
    awardId: toGlobalId(member, 'award', `l${learner}a${random.below(4)}`) as AwardId,
    microCredentialId: 'alliance:microcredential:m' as MicroCredentialId,
    opportunityId: 'dcu:opportunity:o' as OpportunityId,
    awardingMember: member,
    jurisdictionCode: jurisdiction,
    ects: random.pick(sizes),
    eqfLevel: eqf,
    iscedF: random.pick(fields),
    skills: random.pick(skills),
    supersededBy: null,
  }
}

function drawDay(random: RandomSource): string {
  return new Date(Date.UTC(2024, 4, 1) + random.below(170) * 86_400_000).toISOString().slice(0, 10)
}

function recordedAt(index: number): string {
  return new Date(Date.UTC(2024, 9, 1, 0, index)).toISOString()
}

function toLearner(index: number): LearnerId {
  return toGlobalId(allianceOwner, 'learner', `learner-${index}`)
}
