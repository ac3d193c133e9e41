import type { Logger } from '../../infra/runtime/index.js'
import type { GatewayDatabase } from '../store/gateway-database.js'
import { type AuditEntry, type AuditNote, toAuditEntry } from './audit-entry.js'

/** Takes notes of what people and systems do, and writes them down soon after. */
export interface AuditTrail {
  /** Never waits and never throws. */
  record(note: AuditNote): void
  /** Writes what is noted so far. @throws HubError `DATABASE_UNAVAILABLE`; then it stays noted. */
  flush(): Promise<void>
  /** Writes the rest. */
  stop(): Promise<void>
}

export interface AuditTrailOptions {
  readonly database: Pick<GatewayDatabase, 'use'>
  readonly now: () => Date
  readonly log: Logger
}

const flushAfterMs = 500
const entriesPerFlush = 500
/** Entries that wait while the database is away. Beyond it the oldest go into the log: they are not lost silently. */
const mostWaiting = 20_000

/**
 * Notes wait for half a second and go out together: a request does not wait for its note. What a crash in between loses is
 * bounded by that time.
 */
export function createAuditTrail({ database, now, log }: AuditTrailOptions): AuditTrail {
  let waiting: AuditEntry[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      flush().catch(() => {
        log.warn('the audit trail cannot be written now', { waiting: waiting.length })
        schedule()
      })
    }, flushAfterMs)
    timer.unref()
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, entriesPerFlush)
      await database.use((em) => em.execute(insertion, [JSON.stringify(batch.map(toRow))]))
      waiting = waiting.slice(batch.length)
    }
  }

  /** One after the other: two at once would write the same entries. */
  function flush(): Promise<void> {
    writing = writing.catch(() => {}).then(write)
    return writing
  }

  return {
    record(note) {
      const entry = toAuditEntry(note, now())
      if (entry === null) return
      waiting.push(entry)
      if (waiting.length > mostWaiting) {
        const { subjectId: _personal, ...kept } = waiting.shift() ?? entry
        log.error('an audit entry could not be kept', { ...kept })
      }
      schedule()
    },
    flush,
    async stop() {
      clearTimeout(timer)
      await flush().catch(() => {
        log.error('audit entries are lost', { count: waiting.length })
      })
    },
  }
}

const insertion = `insert into audit_entry
  (occurred_at, subject_id, kind, roles, action, targets, outcome, request_id)
  select occurred_at, subject_id, kind, roles, action, targets, outcome, request_id
  from jsonb_to_recordset(?::jsonb) as entry (
    occurred_at timestamptz, subject_id text, kind text, roles jsonb, action text, targets jsonb,
    outcome text, request_id text)`

function toRow(entry: AuditEntry): Readonly<Record<string, unknown>> {
  return {
    occurred_at: entry.occurredAt.toISOString(),
    subject_id: entry.subjectId,
    kind: entry.kind,
    roles: entry.roles,
    action: entry.action,
    targets: entry.targets,
    outcome: entry.outcome,
    request_id: entry.requestId,
  }
}
