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

/** What units of work have noted, to be written as the last thing of their transaction. */
export interface Notes {
  readonly events: NewRecognitionEvent[]
  readonly entries: AuditEntry[]
}

export interface UnitOptions {
  readonly now: Date
  /** Default random UUIDs. */
  readonly newId?: () => string
  /** Where to note events and audit entries. */
  readonly notes: Notes
}

/** A unit of work in the caller's transaction, which ends with {@link writeNotes}. */
export function openUnit(
  em: EntityManager,
  actor: Actor,
  { now, newId = randomUUID, notes }: UnitOptions,
): UnitOfWork {
  const recordedAt = now.toISOString()
  return {
    em,
    actor,
    now,
    newId,
    emit: (event) => notes.events.push({ ...event, recordedAt, corrects: null }),
    audit: ({ role, member, ...note }) =>
      notes.entries.push({
        ...note,
        actorSubject: actor.subjectId,
        actorRole: role,
        actorMember: member,
        recordedAt,
      }),
  }
}

/** Writes what was noted. Nothing may be written in this transaction after it. */
export async function writeNotes(em: EntityManager, { events, entries }: Notes): Promise<void> {
  await appendAudit(em, entries)
  await appendEvents(em, events)
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
