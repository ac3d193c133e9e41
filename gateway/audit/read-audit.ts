import type { GatewayDatabase } from '../store/gateway-database.js'
import type { AuditEntry, AuditOutcome } from './audit-entry.js'

/** Which entries to read, oldest first. */
export interface AuditQuery {
  readonly since: Date
  /** Only of this subject. */
  readonly subjectId: string | null
  /** After the entry with this id. */
  readonly after: string | null
  /** 1–1000. */
  readonly limit: number
}

/** An entry as it is kept; `id` is where the next page begins. */
export interface KeptAuditEntry extends AuditEntry {
  readonly id: string
}

interface Row {
  readonly id: string
  readonly occurred_at: string | Date
  readonly subject_id: string
  readonly kind: 'person' | 'system'
  readonly roles: readonly string[]
  readonly action: string
  readonly targets: readonly string[]
  readonly outcome: AuditOutcome
  readonly request_id: string | null
}

/** Reads entries. @throws HubError `DATABASE_UNAVAILABLE`. */
export async function readAudit(
  database: Pick<GatewayDatabase, 'use'>,
  { since, subjectId, after, limit }: AuditQuery,
): Promise<readonly KeptAuditEntry[]> {
  const rows: Row[] = await database.use((em) =>
    em.execute(
      `select id::text as id, occurred_at, subject_id, kind, roles, action, targets, outcome, request_id
       from audit_entry
       where occurred_at >= ? and (?::text is null or subject_id = ?)
         and (?::bigint is null or id > ?::bigint)
       order by id limit ?`,
      [since.toISOString(), subjectId, subjectId, after, after, limit],
    ),
  )
  return rows.map((row) => ({
    id: row.id,
    occurredAt: new Date(row.occurred_at),
    subjectId: row.subject_id,
    kind: row.kind,
    roles: row.roles,
    action: row.action,
    targets: row.targets,
    outcome: row.outcome,
    requestId: row.request_id,
  }))
}
