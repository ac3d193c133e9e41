/**
 * What can be wrong with a record. `REQUIRED`: missing or blank. `FORMAT`: of another type or form. `RANGE`: out of
 * bounds. `TOO_LONG`: text or list. `ORDER`: an end before its start. `DUPLICATE`: an id, code or language twice.
 * `UNKNOWN_VALUE`: not in the controlled list. `UNKNOWN_FIELD`: no such field. `UNKNOWN_REFERENCE`: points at nothing.
 * `SELF_REFERENCE`: part of itself. `NOT_APPLICABLE`: a field of another kind. `UNREADABLE_ROW`: the source could not
 * split it. `ADAPTER_FAILED`: the member's adapter threw.
 */
export const faultCodes = [
  'REQUIRED',
  'FORMAT',
  'RANGE',
  'TOO_LONG',
  'ORDER',
  'DUPLICATE',
  'UNKNOWN_VALUE',
  'UNKNOWN_FIELD',
  'UNKNOWN_REFERENCE',
  'SELF_REFERENCE',
  'NOT_APPLICABLE',
  'UNREADABLE_ROW',
  'ADAPTER_FAILED',
] as const
export type FaultCode = (typeof faultCodes)[number]

/** One thing that is wrong with one record of a source. */
export interface Fault {
  /** Position of the record in its source, from 0. */
  readonly index: number
  /** The record's own id if it could be read. */
  readonly localId: string | null
  /** Path inside the record, e.g. `offerings[0].endDate`; empty for the record as a whole. */
  readonly path: string
  readonly code: FaultCode
  /** One sentence naming the value and what would be accepted. */
  readonly message: string
}
