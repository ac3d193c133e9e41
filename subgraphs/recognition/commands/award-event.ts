import type { Award } from '../domain/award.js'
import type { AwardFact } from '../domain/recognition-event.js'
import type { Learner } from '../store/learner.store.js'
import type { UnitOfWork } from './unit-of-work.js'

/** Notes what became of an award as an event. */
export function emitAwardEvent(
  unit: UnitOfWork,
  kind: AwardFact['kind'],
  award: Award,
  learner: Learner,
  occurredOn: string,
): void {
  unit.emit({
    id: `${kind}:${award.id}:${award.version}`,
    occurredOn,
    learnerId: award.learnerId,
    homeMember: learner.homeMember,
    fact: {
      kind,
      awardId: award.id,
      microCredentialId: award.microCredentialId,
      opportunityId: award.opportunityId,
      awardingMember: award.awardingMember,
      jurisdictionCode: award.jurisdictionCode,
      ects: award.ects,
      eqfLevel: award.eqfLevel,
      iscedF: award.iscedF,
      skills: award.learningOutcomes.flatMap(({ skills }) =>
        skills.map(({ escoUri, titles }) => escoUri ?? titles.en),
      ),
      supersededBy: award.supersededBy,
    },
  })
}
