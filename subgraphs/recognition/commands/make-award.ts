import type { Award } from '../domain/award.js'
import { findStandingAward, insertAward } from '../store/award.store.js'
import { ensureLearner } from '../store/learner.store.js'
import { emitAwardEvent } from './award-event.js'
import { type AwardInput, buildAward } from './award-input.js'
import { type CommandResult, done, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface MakeAwardInput {
  readonly award: AwardInput
}

/** A registrar awards a micro-credential of their own member to a learner, once. */
export async function makeAward(
  unit: UnitOfWork,
  input: MakeAwardInput,
  { synthetic = false }: { readonly synthetic?: boolean } = {},
): Promise<CommandResult<Award>> {
  const built = await buildAward(unit, input.award, { path: 'award', synthetic })
  if (!built.isDone) return built
  const award = built.value
  // The upsert locks the learner's row: two registrars of one learner take turns from here on.
  const learner = await ensureLearner(unit.em, {
    id: award.learnerId,
    homeMember: null,
    displayName: null,
    language: null,
    synthetic,
  })
  const standing = await findStandingAward(unit.em, award)
  if (standing) {
    return refused('AWARD_EXISTS', 'award', 'this learner holds it already; supersede that award')
  }
  await insertAward(unit.em, award)
  unit.audit({
    entityId: award.id,
    action: 'award.made',
    fromState: null,
    toState: award.status,
    reason: null,
    role: 'registrar',
    member: award.awardingMember,
  })
  emitAwardEvent(unit, 'award.made', award, learner, award.awardedOn)
  return done(award)
}
