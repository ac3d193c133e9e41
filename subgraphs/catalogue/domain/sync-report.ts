import type { Fault } from './fault.js'

/** What one sync of a source did. Counts are opportunities; every record of the source is added, changed, unchanged or rejected. */
export interface SyncReport {
  readonly member: string
  readonly source: string
  readonly startedAt: string
  readonly tookMs: number
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** In the store before, no longer in the source. */
  readonly withdrawn: number
  /** In the store but not in the source, and kept because a rejected record without a readable id may be one of them. */
  readonly heldBack: number
  readonly rejected: number
  /** Every fault of every rejected record, in source order. */
  readonly faults: readonly Fault[]
}
