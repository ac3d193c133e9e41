import { type DecimalText, multiplyDecimals } from './decimal.js'
import type { Fact, Provenance } from './fact.js'
import type { CreditSystem } from './jurisdiction.js'

export interface EctsConversion {
  /** Exact, not rounded. */
  readonly ects: DecimalText
  /** False where the factor is unverified: show the figure as indicative, and let the home university decide. */
  readonly isCertain: boolean
  readonly basis: Provenance
}

/**
 * Converts national credit units to ECTS by the jurisdiction's factor.
 *
 * @param units - An exact decimal, e.g. `8` (at Tecnológico de Monterrey: 5 ECTS).
 * @throws RangeError when `units` is not a decimal (a bug in the caller, not user input).
 */
export function toEcts(units: DecimalText, credit: Fact<CreditSystem>): EctsConversion {
  const { source, confidence } = credit
  return {
    ects: multiplyDecimals(units, credit.ectsPerUnit),
    isCertain: confidence === 'SOURCED',
    basis: { source, confidence },
  }
}
