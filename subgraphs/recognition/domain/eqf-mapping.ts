import type { Provenance } from './fact.js'
import type { Jurisdiction, QualificationLevel } from './jurisdiction.js'

export interface EqfMapping {
  readonly eqfLevel: number
  readonly nationalLevel: QualificationLevel
  readonly framework: string
  readonly basis: Provenance
}

/**
 * The European level of a national one, or null when the jurisdiction knows no such level
 * (or, as Mexico, is not referenced to the European framework at all).
 *
 * @param level - The label as written there (`NLQF 7`, spaces and case do not matter) or the level's URI.
 */
export function findEqfLevel(jurisdiction: Jurisdiction, level: string): EqfMapping | null {
  const wanted = toComparable(level)
  for (const framework of jurisdiction.frameworks) {
    for (const nationalLevel of framework.levels) {
      if (nationalLevel.uri !== level && toComparable(nationalLevel.label) !== wanted) continue
      return {
        eqfLevel: nationalLevel.eqfLevel,
        nationalLevel,
        framework: framework.name,
        basis: framework.eqfMapping,
      }
    }
  }
  return null
}

function toComparable(label: string): string {
  return label.replace(/\s+/g, '').toLowerCase()
}
