import { compareDecimals, type DecimalText } from './decimal.js'
import type { Provenance } from './fact.js'

/** How large a micro-credential may be somewhere. Data, not code: it differs by jurisdiction and changes. */
export interface SizeRule {
  /** Null: no lower limit. The limit itself is allowed. */
  readonly minimumEcts: DecimalText | null
  /** Null: no upper limit. */
  readonly maximumEcts: DecimalText | null
  /** False where the law says "fewer than" instead of "at most". */
  readonly maximumIsAllowed: boolean
  /** `WARN` for pilots and guidelines, `REFUSE` for law. */
  readonly consequence: (typeof sizeConsequences)[number]
}
export const sizeConsequences = ['WARN', 'REFUSE'] as const

export const sizeResults = ['OK', 'WARNING', 'REFUSAL'] as const
export const sizeReasonCodes = ['NO_SIZE_RULE', 'BELOW_MINIMUM_SIZE', 'ABOVE_MAXIMUM_SIZE'] as const

export interface SizeReason {
  readonly code: (typeof sizeReasonCodes)[number]
  readonly actualEcts: DecimalText
  /** The limit that was missed; null when there is no rule. */
  readonly limitEcts: DecimalText | null
  /** The rule's own source; null when there is no rule. */
  readonly source: string | null
}

export interface SizeCheck {
  readonly result: (typeof sizeResults)[number]
  /** Empty when a rule exists and is kept. */
  readonly reasons: readonly SizeReason[]
}

/** Whether a micro-credential of `ects` credits has a size the rule allows, with the reasons by code. */
export function checkSize(ects: DecimalText, rule: (SizeRule & Provenance) | null): SizeCheck {
  if (rule === null) {
    const reason = { actualEcts: ects, limitEcts: null, source: null }
    return { result: 'OK', reasons: [{ code: 'NO_SIZE_RULE', ...reason }] }
  }
  const reasons: SizeReason[] = []
  const { minimumEcts, maximumEcts, source } = rule
  if (minimumEcts !== null && compareDecimals(ects, minimumEcts) < 0) {
    reasons.push({ code: 'BELOW_MINIMUM_SIZE', actualEcts: ects, limitEcts: minimumEcts, source })
  }
  if (maximumEcts !== null && exceeds(ects, maximumEcts, rule.maximumIsAllowed)) {
    reasons.push({ code: 'ABOVE_MAXIMUM_SIZE', actualEcts: ects, limitEcts: maximumEcts, source })
  }
  if (reasons.length === 0) return { result: 'OK', reasons }
  return { result: rule.consequence === 'REFUSE' ? 'REFUSAL' : 'WARNING', reasons }
}

function exceeds(ects: DecimalText, maximum: DecimalText, maximumIsAllowed: boolean): boolean {
  const order = compareDecimals(ects, maximum)
  return maximumIsAllowed ? order > 0 : order >= 0
}
