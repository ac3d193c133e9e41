import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { HubError, type Principal, type Role } from '../../../schema/index.js'
import { type AuditEntry, appendAudit } from '../store/audit.store.js'
import { appendEvents, type NewRecognitionEvent } from '../store/outbox/append-events.js'

/** Who carries a command out. */
export interface Actor {
  readonly principal: Principal
  /** The principal's, which is never null here. Personal data. */
  readonly subjectId: string
}

/**
 * What a command works with inside one transaction. Events and audit entries are only noted: they are written when
 * everything else is, as the last thing before the commit.
 */
export interface UnitOfWork {
  readonly em: EntityManager
  readonly actor: Actor
  readonly now: Date
  /** A new id's local part. */
  readonly newId: () => string
  readonly emit: (event: Omit<NewRecognitionEvent, 'recordedAt' | 'corrects'>) => void
  readonly audit: (entry: AuditNote) => void
}

/** An audit entry without what the unit of work knows itself. */
export interface AuditNote
  extends Pick<AuditEntry, 'entityId' | 'action' | 'fromState' | 'toState' | 'reason'> {
  /** What the actor acted as. */
  readonly role: Role
  readonly member: string | null
}

export interface UnitOptions {
  readonly now: Date
  /** Default random UUIDs. */
  readonly newId?: () => string
}

/** A unit of work, and `finish`, which writes what was noted and returns the number of the last event, if any. */
export function openUnit(
  em: EntityManager,
  actor: Actor,
  { now, newId = randomUUID }: UnitOptions,
): { readonly unit: UnitOfWork; readonly finish: () => Promise<bigint | null> } {
  const events: NewRecognitionEvent[] = []
  const entries: AuditEntry[] = []
  const recordedAt = now.toISOString()
  const unit: UnitOfWork = {
    em,
    actor,
    now,
    newId,
    emit: (event) => events.push({ ...event, recordedAt, corrects: null }),
    audit: ({ role, member, ...note }) =>
      entries.push({
        ...note,
        actorSubject: actor.subjectId,
        actorRole: role,
        actorMember: member,
        recordedAt,
      }),
  }
  const finish = async () => {
    await appendAudit(em, entries)
    return (await appendEvents(em, events)).at(-1) ?? null
  }
  return { unit, finish }
}

/**
 * Who asks, when it is somebody.
 *
 * @throws HubError `UNAUTHENTICATED` for the anonymous.
 */
export function requireActor(principal: Principal): Actor {
  if (principal.subjectId === null) throw new HubError('UNAUTHENTICATED')
  return { principal, subjectId: principal.subjectId }
}
