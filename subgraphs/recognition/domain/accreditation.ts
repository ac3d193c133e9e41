import type { Confidence } from './fact.js'
import type { LocalisedText } from './localised-text.js'

/** Of a whole institution, or of one programme. */
export const accreditationKinds = ['INSTITUTIONAL', 'PROGRAMME'] as const
export type AccreditationKind = (typeof accreditationKinds)[number]

export const accreditationDecisions = ['POSITIVE', 'CONDITIONAL', 'NEGATIVE'] as const
export type AccreditationDecision = (typeof accreditationDecisions)[number]

/**
 * A decision of a quality assurance agency as it stands in a register. What it records is close to a report in DEQAR, the
 * register of the agencies in EQAR; a renewal is a record of its own under the same identifier.
 */
export interface AccreditationRecord {
  /** What credentials refer to it by. */
  readonly identifier: string
  readonly kind: AccreditationKind
  readonly agency: { readonly name: string; readonly countryCode: string }
  readonly institution: {
    /** URIs it goes by: ROR, homepage. */
    readonly ids: readonly string[]
    readonly legalNames: LocalisedText
  }
  /** Titles of the programme; null for an institution as a whole. */
  readonly programme: LocalisedText | null
  /** Levels it covers; empty: every level. */
  readonly eqfLevels: readonly number[]
  readonly decision: AccreditationDecision
  /** ISO dates, both inclusive; null: open. */
  readonly validFrom: string
  readonly validUntil: string | null
  /** ISO date from which on it does not hold any more; null while it was not withdrawn. */
  readonly withdrawnOn: string | null
  readonly reportUrl: string | null
  readonly source: string
  readonly confidence: Confidence
  readonly synthetic: boolean
}

/** The records that have an identifier; empty when it knows none, as nobody knows all of them. */
export type AccreditationRegister = (identifier: string) => readonly AccreditationRecord[]

/** A register over records, which finds them by identifier in one step. */
export function createAccreditationRegister(
  records: readonly AccreditationRecord[],
): AccreditationRegister {
  const byIdentifier = Map.groupBy(records, ({ identifier }) => identifier)
  return (identifier) => byIdentifier.get(identifier) ?? []
}
