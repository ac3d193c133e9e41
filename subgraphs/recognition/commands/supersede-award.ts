import type { Award } from '../domain/award.js'
import { insertAward, updateAwardStatus } from '../store/award.store.js'
import { ensureLearner } from '../store/learner.store.js'
import { emitAwardEvent } from './award-event.js'
import { type AwardInput, buildAward } from './award-input.js'
import {
  type ChangeAwardInput,
  lockChangeableAward,
  noteAwardChange,
} from './change-award-status.js'
import { type CommandResult, done } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface SupersedeAwardInput extends ChangeAwardInput {
  /** What is right instead; for the same learner and the same micro-credential. */
  readonly replacement: Omit<AwardInput, 'learnerId' | 'microCredentialId'>
}

/** A correction: another award takes this one's place, and this one stays readable. Returns the new one. */
export async function supersedeAward(
  unit: UnitOfWork,
  input: SupersedeAwardInput,
): Promise<CommandResult<Award>> {
  const found = await lockChangeableAward(unit, input, ['VALID', 'SUSPENDED'])
  if (!found.isDone) return found
  const before = found.value
  const { learnerId, microCredentialId, synthetic } = before
  const built = await buildAward(
    unit,
    { ...input.replacement, learnerId, microCredentialId },
    { path: 'replacement', synthetic },
  )
  if (!built.isDone) return built
  const replacement = built.value
  const superseded: Award = {
    ...before,
    status: 'SUPERSEDED',
    supersededBy: replacement.id,
    version: before.version + 1,
  }
  // Out of the way first, as of one micro-credential a learner holds one award; the new one cannot be named yet.
  await updateAwardStatus(unit.em, { ...superseded, status: 'REVOKED', supersededBy: null })
  await insertAward(unit.em, replacement)
  await updateAwardStatus(unit.em, superseded)
  await noteAwardChange(unit, 'award.superseded', before, superseded, input.reason)
  const learner = await ensureLearner(unit.em, {
    id: learnerId,
    homeMember: null,
    displayName: null,
    language: null,
    synthetic,
  })
  emitAwardEvent(unit, 'award.made', replacement, learner, replacement.awardedOn)
  return done(replacement)
}
