import { allianceOwner, HubError, toGlobalId } from '../../../schema/index.js'
import { ensureLearner, type Learner } from '../store/learner.store.js'
import type { UnitOfWork } from './unit-of-work.js'

/**
 * The learner who acts; written down when it is the first time. Their row is locked until the end of the transaction.
 *
 * @throws HubError `FORBIDDEN` for systems.
 */
export async function ensureActingLearner({ em, actor }: UnitOfWork): Promise<Learner> {
  const { principal, subjectId } = actor
  if (principal.kind !== 'person') {
    throw new HubError('FORBIDDEN', { message: 'only a person is a learner' })
  }
  return ensureLearner(em, {
    id: toGlobalId(allianceOwner, 'learner', subjectId),
    homeMember: principal.homeMember,
    displayName: null,
    language: null,
    synthetic: false,
  })
}
