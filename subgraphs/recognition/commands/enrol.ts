import { type PathwayId } from '../../../schema/index.js'
import type { PathwayFact } from '../domain/recognition-event.js'
import { progressPathways } from '../follow-up/progress-pathways.js'
import { type Enrolment, lockEnrolment, saveEnrolment } from '../store/enrolment.store.js'
import type { Learner } from '../store/learner.store.js'
import { createRecognitionStore } from '../store/recognition.store.js'
import { checkId, toDate } from './check-input.js'
import { ensureActingLearner } from './ensure-acting-learner.js'
import { type CommandResult, done, FaultList, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface EnrolInput {
  readonly pathwayId: string
}

/** The learner sets out on a pathway; again after having left it. What was awarded before counts at once. */
export async function enrol(
  unit: UnitOfWork,
  { pathwayId }: EnrolInput,
): Promise<CommandResult<Enrolment>> {
  const faults = new FaultList()
  const isId = checkId(faults, 'pathwayId', pathwayId, 'pathway')
  const store = createRecognitionStore(unit.em)
  const pathway = isId ? (await store.findPathways([pathwayId])).get(pathwayId) : undefined
  if (isId && !pathway) faults.add('NOT_FOUND', 'pathwayId', 'no pathway has this id')
  if (!pathway) return faults.toResult()
  const learner = await ensureActingLearner(unit)
  const before = await lockEnrolment(unit.em, learner.id, pathwayId)
  if (before && before.state !== 'WITHDRAWN') {
    return refused('STATE_FORBIDS', 'pathwayId', `you are ${before.state} already`)
  }
  const enrolment: Enrolment = {
    learnerId: learner.id,
    pathwayId: pathway.id,
    state: 'ENROLLED',
    enrolledOn: toDate(unit.now),
    endedOn: null,
    completedSteps: [],
    version: (before?.version ?? 0) + 1,
  }
  await saveEnrolment(unit.em, enrolment)
  emitPathwayEvent(unit, 'pathway.enrolled', enrolment, learner)
  for (const { recordedAt: _, corrects: __, ...event } of await progressPathways(
    unit.em,
    [learner.id],
    unit.now,
  )) {
    unit.emit(event)
  }
  return done((await lockEnrolment(unit.em, learner.id, pathwayId)) ?? enrolment)
}

export interface WithdrawInput extends EnrolInput {
  readonly expectedVersion: number
}

/** The learner leaves a pathway; what was awarded stays awarded. */
export async function withdraw(
  unit: UnitOfWork,
  { pathwayId, expectedVersion }: WithdrawInput,
): Promise<CommandResult<Enrolment>> {
  const learner = await ensureActingLearner(unit)
  const before = await lockEnrolment(unit.em, learner.id, pathwayId)
  if (!before) return refused('NOT_FOUND', 'pathwayId', 'you are on no pathway with this id')
  if (before.version !== expectedVersion) {
    const message = `the enrolment is at version ${before.version}, not ${expectedVersion}`
    return refused('VERSION_CONFLICT', 'expectedVersion', message)
  }
  if (before.state !== 'ENROLLED') {
    return refused('STATE_FORBIDS', 'pathwayId', `the enrolment is ${before.state}`)
  }
  const enrolment: Enrolment = {
    ...before,
    state: 'WITHDRAWN',
    endedOn: toDate(unit.now),
    version: before.version + 1,
  }
  await saveEnrolment(unit.em, enrolment)
  emitPathwayEvent(unit, 'pathway.withdrawn', enrolment, learner)
  return done(enrolment)
}

function emitPathwayEvent(
  unit: UnitOfWork,
  kind: Extract<PathwayFact['kind'], 'pathway.enrolled' | 'pathway.withdrawn'>,
  { pathwayId, version }: Enrolment,
  learner: Learner,
): void {
  unit.emit({
    id: `${kind}:${learner.id}:${pathwayId}:${version}`,
    occurredOn: toDate(unit.now),
    learnerId: learner.id,
    homeMember: learner.homeMember,
    fact: { kind, pathwayId: pathwayId as PathwayId },
  })
}
