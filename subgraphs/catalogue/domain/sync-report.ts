import type { Fault } from './fault.js'

/** What one sync of a source did. Counts are opportunities; every record of the source is in exactly one of them. */
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
  readonly rejected: number
  /** Every fault of every rejected record, in source order. */
  readonly faults: readonly Fault[]
}
