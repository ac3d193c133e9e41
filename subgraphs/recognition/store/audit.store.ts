import type { EntityManager } from '@mikro-orm/postgresql'

/** Who changed what, when, as whom and why. Nobody may change or remove it. */
export interface AuditEntry {
  readonly entityId: string
  readonly action: string
  readonly fromState: string | null
  readonly toState: string
  /** Personal data. */
  readonly actorSubject: string
  readonly actorRole: string
  readonly actorMember: string | null
  /** ISO instant. */
  readonly recordedAt: string
  readonly reason: string | null
}

/** Writes audit entries in the caller's transaction. */
export async function appendAudit(
  em: EntityManager,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await em.execute(
    `insert into audit_entry (entity_id, action, from_state, to_state, actor_subject, actor_role,
       actor_member, recorded_at, reason)
     select entry->>'entityId', entry->>'action', entry->>'fromState', entry->>'toState',
       entry->>'actorSubject', entry->>'actorRole', entry->>'actorMember',
       (entry->>'recordedAt')::timestamptz, entry->>'reason'
     from jsonb_array_elements(?::jsonb) with ordinality as list(entry, place) order by place`,
    [JSON.stringify(entries)],
  )
}

interface AuditRow {
  readonly entity_id: string
  readonly action: string
  readonly from_state: string | null
  readonly to_state: string
  readonly actor_subject: string
  readonly actor_role: string
  readonly actor_member: string | null
  readonly recorded_at: string | Date
  readonly reason: string | null
}

/** The entries of these entities, oldest first, in one statement; entities without any are missing. */
export async function findAudit(
  em: EntityManager,
  entityIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AuditEntry[]>> {
  const rows: readonly AuditRow[] = await em.execute(
    `select * from audit_entry where entity_id in (select jsonb_array_elements_text(?::jsonb))
     order by sequence`,
    [JSON.stringify(entityIds)],
  )
  const entries = rows.map((row) => ({
    entityId: row.entity_id,
    action: row.action,
    fromState: row.from_state,
    toState: row.to_state,
    actorSubject: row.actor_subject,
    actorRole: row.actor_role,
    actorMember: row.actor_member,
    recordedAt: new Date(row.recorded_at).toISOString(),
    reason: row.reason,
  }))
  return Map.groupBy(entries, (entry) => entry.entityId)
}
