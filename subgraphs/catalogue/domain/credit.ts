import type { DecimalText } from './catalogue-record.js'
import { divideDecimals, multiplyDecimals, parseDecimal } from './decimal.js'
import type { MemberProfile } from './member-profile.js'

/** What one study load is worth, for the two credit fields of an opportunity. */
export interface Credit {
  readonly ects: DecimalText | null
  readonly nationalCredit: { readonly value: DecimalText; readonly unit: string } | null
}

/**
 * Both credits of a value in the member's own unit, exact: 8 units of Tecnológico de Monterrey (0.625 ECTS each) are
 * 5 ECTS. A value that is no number is passed on as it is, for the validation to name it.
 */
export function creditFromNational(value: unknown, profile: MemberProfile): Credit {
  const { name: unit, ectsPerUnit } = profile.creditUnit
  const national = parseDecimal(value)
  if (national === null) return unreadable(value)
  return {
    ects: multiplyDecimals(national, ectsPerUnit),
    nationalCredit: { value: national, unit },
  }
}

/**
 * Both credits of a value in ECTS. The national value is null when the division has no exact end: a rounded credit
 * would be one that nobody awarded.
 */
export function creditFromEcts(value: unknown, profile: MemberProfile): Credit {
  const { name: unit, ectsPerUnit } = profile.creditUnit
  const ects = parseDecimal(value)
  if (ects === null) return unreadable(value)
  const national = divideDecimals(ects, ectsPerUnit)
  return { ects, nationalCredit: national === null ? null : { value: national, unit } }
}

function unreadable(value: unknown): Credit {
  if (value === null || value === undefined || value === '') {
    return { ects: null, nationalCredit: null }
  }
  // The cast is deliberate: a draft may hold anything until it is validated.
  return { ects: value as DecimalText, nationalCredit: null }
}
