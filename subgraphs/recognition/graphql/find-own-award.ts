import type { EntityManager } from '@mikro-orm/postgresql'
import type { Principal } from '../../../schema/index.js'
import { type CommandResult, done, refused } from '../commands/fault.js'
import type { Award } from '../domain/award.js'
import { findAwards } from '../store/award.store.js'
import { requireLearner } from './require-role.js'

/**
 * A valid award of the learner who asks. Somebody else's and an unknown one are refused in the same words: which awards
 * there are is nobody's business.
 *
 * @throws HubError `UNAUTHENTICATED`, `FORBIDDEN`.
 */
export async function findOwnAward(
  em: EntityManager,
  principal: Principal,
  awardId: string,
): Promise<CommandResult<Award>> {
  const learnerId = requireLearner(principal)
  const award = (await findAwards(em, [awardId])).get(awardId)
  if (award === undefined || award.learnerId !== learnerId) {
    return refused('NOT_FOUND', 'awardId', 'you have no award with this id')
  }
  if (award.status !== 'VALID') {
    return refused('AWARD_NOT_VALID', 'awardId', 'the award does not hold any more, or not now')
  }
  return done(award)
}
