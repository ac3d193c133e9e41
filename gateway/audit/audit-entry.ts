import type { Principal } from '../../schema/index.js'

/** What came of it: everything was given, something was refused, or something failed. */
export type AuditOutcome = 'allowed' | 'denied' | 'failed'

/** Who did what, when, with what outcome. No arguments, no values, no names: what was said stays out. */
export interface AuditEntry {
  readonly occurredAt: Date
  /** Opaque; the same as in a learner's id. */
  readonly subjectId: string
  readonly kind: 'person' | 'system'
  /** `registrar@dcu`, `analyst`. */
  readonly roles: readonly string[]
  /** `query`, `mutation`, or method and route. */
  readonly action: string
  /** Root fields of the operation, by the schema's names; for routes nothing. */
  readonly targets: readonly string[]
  readonly outcome: AuditOutcome
  readonly requestId: string | null
}

/** What somebody did, as its place in the gateway reports it. */
export interface AuditNote {
  readonly principal: Principal
  readonly action: string
  readonly targets: readonly string[]
  readonly outcome: AuditOutcome
  readonly requestId: string | null
}

/** The entry of a note; null for nobody, of whom nothing can be said. */
export function toAuditEntry(note: AuditNote, occurredAt: Date): AuditEntry | null {
  const { principal, ...rest } = note
  const { kind, subjectId, grants } = principal
  if (kind === 'anonymous' || subjectId === null) return null
  const roles = grants.map(({ role, member }) => (member === null ? role : `${role}@${member}`))
  return { ...rest, occurredAt, subjectId, kind, roles }
}
