import {
  type AwardId,
  allianceOwner,
  type CredentialId,
  type LearnerId,
  type RecognitionRequestId,
  toGlobalId,
} from '../../../../schema/index.js'
import type { RecognitionEvent, RecognitionFact } from '../../domain/recognition-event.js'
import { addDays } from './calendar-day.js'
import type { SeededRandom } from './seeded-random.js'
import type { SyntheticCredential, SyntheticPathway, SyntheticWorld } from './synthetic-world.js'

/** An event before the outbox numbers it. */
export type UnnumberedEvent = Omit<RecognitionEvent, 'sequence'>

/** One synthetic learner: number, day of the first enrolment, and the dice. */
export interface SyntheticLearner {
  readonly index: number
  readonly startsOn: string
  readonly random: SeededRandom
}

/**
 * The made-up life of one learner: one or two pathways with steps, drop-outs, awards, stacks, recognition and a few
 * late and corrected reports. About ten events; in the order of `recordedAt`.
 */
export function writeHistory(world: SyntheticWorld, learner: SyntheticLearner): UnnumberedEvent[] {
  const { random } = learner
  const history = new History(learner, pickHome(world, random))
  let day = learner.startsOn
  const journeys = random.chance(0.3) ? 2 : 1
  for (let journey = 0; journey < journeys; journey += 1) {
    const pathway = pickPathway(world, random, journey, learner.index)
    if (pathway) day = walk(world, history, random, pathway, day)
  }
  return history.events.sort(byRecording)
}

function walk(
  world: SyntheticWorld,
  history: History,
  random: SeededRandom,
  pathway: SyntheticPathway,
  enrolledOn: string,
): string {
  const pathwayId = pathway.id
  const stackedCredentialId = world.stacks[world.pathways.indexOf(pathway) % world.stacks.length]
  history.add(enrolledOn, { kind: 'pathway.enrolled', pathwayId })
  let day = enrolledOn
  let completed = 0
  let ects = 0
  const awardIds: AwardId[] = []
  for (const { position, choices } of pathway.steps) {
    if (!random.chance(position === 1 ? 0.93 : 0.8)) break
    const opportunityId = random.pick(choices)
    day = addDays(day, random.between(3, 35))
    history.add(day, { kind: 'pathway.stepStarted', pathwayId, position, opportunityId })
    if (!random.chance(0.82)) break
    day = addDays(day, random.between(14, 110))
    history.add(day, { kind: 'pathway.stepCompleted', pathwayId, position, opportunityId })
    completed += 1
    const credential = world.credentials.find((each) => each.opportunityId === opportunityId)
    if (!credential) continue
    const awardId = award(history, random, credential, addDays(day, random.between(0, 20)))
    awardIds.push(awardId)
    ects += Number(credential.ects)
    if (stackedCredentialId === undefined) continue
    history.add(day, {
      kind: completed === pathway.steps.length ? 'stack.completed' : 'stack.progressed',
      stackedCredentialId,
      ruleVersion: 1,
      ectsCounted: String(ects),
      requirementsMet: completed,
      requirementsTotal: pathway.steps.length,
      awardIds: [...awardIds].sort(),
    })
  }
  if (completed === pathway.steps.length) {
    day = addDays(day, random.between(0, 10))
    history.add(day, { kind: 'pathway.completed', pathwayId })
  } else if (random.chance(0.45)) {
    day = addDays(day, random.between(10, 150))
    history.add(day, { kind: 'pathway.withdrawn', pathwayId })
  }
  return addDays(day, random.between(20, 300))
}

function award(
  history: History,
  random: SeededRandom,
  credential: SyntheticCredential,
  awardedOn: string,
): AwardId {
  const { iscedF, skills, opportunityId, microCredentialId, ...rest } = credential
  const awardId = history.toId<AwardId>('award', rest.awardingMember)
  const fact = { ...rest, awardId, opportunityId, microCredentialId, iscedF, skills }
  history.add(awardedOn, { ...fact, kind: 'award.made', supersededBy: null })
  if (random.chance(0.25)) {
    const credentialId = history.toId<CredentialId>('credential', allianceOwner)
    history.add(awardedOn, { kind: 'credential.issued', credentialId, awardId, format: 'vc+jwt' })
  }
  if (random.chance(0.01)) {
    const day = addDays(awardedOn, random.between(5, 200))
    history.add(day, { ...fact, kind: 'award.revoked', supersededBy: null })
  }
  if (random.chance(0.18)) ask(history, random, credential.awardingMember, awardedOn)
  return awardId
}

function ask(
  history: History,
  random: SeededRandom,
  awardingMember: string,
  awardedOn: string,
): void {
  const recognisingMember = history.homeMember ?? awardingMember
  if (recognisingMember === awardingMember) return
  const isAutomatic = random.chance(0.3)
  const request = {
    requestId: history.toId<RecognitionRequestId>('recognitionrequest', recognisingMember),
    recognisingMember,
    awardingMember,
    isAutomatic,
  }
  const requestedOn = addDays(awardedOn, random.between(1, 60))
  history.add(requestedOn, { ...request, kind: 'recognition.requested', outcome: null })
  if (!isAutomatic && random.chance(0.12)) return
  const decidedOn = addDays(requestedOn, isAutomatic ? 0 : random.between(4, 130))
  const dice = random.next()
  const outcome =
    isAutomatic || dice < 0.74
      ? 'RECOGNISED'
      : dice < 0.9
        ? 'PARTIAL'
        : 'REFUSED_SUBSTANTIAL_DIFFERENCE'
  history.add(decidedOn, { ...request, kind: 'recognition.decided', outcome })
  if (outcome === 'REFUSED_SUBSTANTIAL_DIFFERENCE' && random.chance(0.2)) {
    const appealedOn = addDays(decidedOn, random.between(5, 40))
    history.add(appealedOn, { ...request, kind: 'recognition.appealed', outcome })
  }
}

/** Collects one learner's events and lets a few be reported late or corrected. */
class History {
  readonly events: UnnumberedEvent[] = []
  readonly #learner: SyntheticLearner
  readonly #learnerId: LearnerId
  readonly homeMember: string | null

  constructor(learner: SyntheticLearner, homeMember: string | null) {
    this.#learner = learner
    this.homeMember = homeMember
    this.#learnerId = toGlobalId(allianceOwner, 'learner', `synthetic-${learner.index}`)
  }

  toId<Id extends string>(kind: Parameters<typeof toGlobalId>[1], owner: string): Id {
    return toGlobalId(owner, kind, `s${this.#learner.index}-${this.events.length}`) as string as Id
  }

  add(occurredOn: string, fact: RecognitionFact): void {
    const { random } = this.#learner
    const lag = random.chance(0.02) ? random.between(20, 200) : random.between(0, 2)
    const isMistaken = random.chance(0.004)
    const first = isMistaken ? addDays(occurredOn, -random.between(1, 40)) : occurredOn
    const event = this.#toEvent(first, addDays(occurredOn, lag), fact, null)
    this.events.push(event)
    if (isMistaken) {
      const corrected = addDays(occurredOn, lag + random.between(1, 30))
      this.events.push(this.#toEvent(occurredOn, corrected, fact, event.id))
    }
  }

  #toEvent(
    occurredOn: string,
    recordedOn: string,
    fact: RecognitionFact,
    corrects: string | null,
  ): UnnumberedEvent {
    return {
      id: `synthetic-${this.#learner.index}-${this.events.length}`,
      occurredOn,
      recordedAt: `${recordedOn}T08:00:00.000Z`,
      learnerId: this.#learnerId,
      homeMember: this.homeMember,
      corrects,
      fact,
    }
  }
}

/** Few members send many, many send few; one learner in twelve is of no member. */
function pickHome({ members }: SyntheticWorld, random: SeededRandom): string | null {
  if (random.chance(0.08)) return null
  return members[Math.floor(random.next() ** 1.7 * members.length)] ?? null
}

/** The first pathways of the list are the popular ones. The second journey is another one than the first. */
function pickPathway(
  { pathways }: SyntheticWorld,
  random: SeededRandom,
  journey: number,
  index: number,
): SyntheticPathway | undefined {
  const skewed = Math.floor(random.next() ** 1.6 * pathways.length)
  return pathways[journey === 0 ? skewed : (skewed + 1 + (index % 3)) % pathways.length]
}

function byRecording(left: UnnumberedEvent, right: UnnumberedEvent): number {
  return left.recordedAt < right.recordedAt ? -1 : left.recordedAt > right.recordedAt ? 1 : 0
}
