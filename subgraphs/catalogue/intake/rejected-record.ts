import type { Fault } from '../domain/fault.js'

const mark: unique symbol = Symbol('rejected record')

/** A record the source itself had to give up on; it never reaches the adapter. */
export interface RejectedRecord {
  readonly [mark]: true
  readonly fault: Omit<Fault, 'index'>
  /** False when it is certain that no opportunity is lost with it, e.g. for a run without its course. */
  readonly mayBeOpportunity: boolean
}

/** A record with its fault, in the place where the record would have been. */
export function rejectRecord(
  fault: Omit<Fault, 'index'>,
  { mayBeOpportunity }: { readonly mayBeOpportunity: boolean },
): RejectedRecord {
  return { [mark]: true, fault, mayBeOpportunity }
}

/** Whether a source gave up on this record. The mark is a symbol: no JSON or CSV can carry it. */
export function isRejectedRecord(record: unknown): record is RejectedRecord {
  return typeof record === 'object' && record !== null && mark in record
}
