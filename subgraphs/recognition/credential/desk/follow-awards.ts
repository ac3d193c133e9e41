import type { EntityManager } from '@mikro-orm/postgresql'
import type { AwardStatus } from '../../domain/award.js'
import type { AwardFact, RecognitionEvent } from '../../domain/recognition-event.js'
import { type ChangedCredential, changeStatusOfAwards } from '../../store/credential.store.js'
import { appendEvents, type NewRecognitionEvent } from '../../store/outbox/append-events.js'
import { followBatch } from '../../store/outbox/follow-batch.js'
import { writeStatusBits } from '../../store/status-list.store.js'

/** Name its position in the outbox is kept under. */
const followerName = 'credential-status'
const batchSize = 500

/**
 * Carries what happened to awards over to their credentials' statuses, one batch; returns how many events it saw. Who
 * revokes an award revokes its credentials with it, and nobody has to remember.
 */
export async function followAwards(em: EntityManager, now: () => Date): Promise<number> {
  const { handled } = await followBatch(em, {
    name: followerName,
    limit: batchSize,
    handle: (transaction, events) => applyAwardEvents(transaction, events, now()),
  })
  return handled
}

/** Sets the statuses of all credentials that a batch of events is about. Seeing an event twice changes nothing. */
async function applyAwardEvents(
  em: EntityManager,
  events: readonly RecognitionEvent[],
  now: Date,
): Promise<void> {
  const latest = new Map<string, AwardStatus>()
  for (const { fact } of events) {
    const status = toStatus(fact.kind as AwardFact['kind'])
    if (status !== null && 'awardId' in fact) latest.set(fact.awardId, status)
  }
  const revoked: ChangedCredential[] = []
  for (const [status, entries] of Map.groupBy(latest, ([, value]) => value)) {
    const awardIds = entries.map(([awardId]) => awardId)
    const changed = await changeStatusOfAwards(em, awardIds, status)
    const places = changed.map(({ place }) => place)
    if (places.length === 0) continue
    if (status === 'REVOKED' || status === 'SUPERSEDED') {
      await writeStatusBits(em, places, 'revocation', true)
      revoked.push(...changed)
    } else {
      await writeStatusBits(em, places, 'suspension', status === 'SUSPENDED')
    }
  }
  await appendEvents(
    em,
    revoked.map((credential) => toRevokedEvent(credential, now)),
  )
}

/** The status of an award after an event; null for events about something else. */
function toStatus(kind: AwardFact['kind']): AwardStatus | null {
  switch (kind) {
    case 'award.revoked':
      return 'REVOKED'
    case 'award.superseded':
      return 'SUPERSEDED'
    case 'award.suspended':
      return 'SUSPENDED'
    case 'award.reinstated':
      return 'VALID'
    default:
      return null
  }
}

function toRevokedEvent(credential: ChangedCredential, now: Date): NewRecognitionEvent {
  const at = now.toISOString()
  return {
    id: `${credential.id}:revoked`,
    occurredOn: at.slice(0, 10),
    recordedAt: at,
    learnerId: credential.learnerId,
    homeMember: null,
    corrects: null,
    fact: {
      kind: 'credential.revoked',
      credentialId: credential.id,
      awardId: credential.awardId,
      format: credential.format,
    },
  }
}
