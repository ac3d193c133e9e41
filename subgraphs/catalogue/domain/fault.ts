/** One thing that is wrong with one record of a source. */
export interface Fault {
  /** Position of the record in its source, from 0. */
  readonly index: number
  /** The record's own id if it could be read. */
  readonly localId: string | null
  /** Path inside the record, e.g. `offerings[0].endDate`. */
  readonly path: string
  /** Stable code, e.g. `REQUIRED`, `FORMAT`, `RANGE`, `ORDER`, `DUPLICATE`, `UNKNOWN_VALUE`. */
  readonly code: string
  /** One sentence naming the value and what would be accepted. */
  readonly message: string
}
