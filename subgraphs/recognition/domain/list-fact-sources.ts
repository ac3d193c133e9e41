import type { Provenance } from './fact.js'
import type { Jurisdiction } from './jurisdiction.js'

export interface FactSource extends Provenance {
  /** Path of the fact in the jurisdiction, e.g. `credit` or `frameworks.0.eqfMapping`. */
  readonly fact: string
}

/** The provenance of every fact of a jurisdiction, in the order the facts are written down. */
export function listFactSources(jurisdiction: Jurisdiction): readonly FactSource[] {
  return Object.entries(jurisdiction).flatMap(([name, value]) => collect(name, value))
}

function collect(fact: string, value: unknown): FactSource[] {
  if (typeof value !== 'object' || value === null) return []
  const nested = Object.entries(value).flatMap(([key, part]) => collect(`${fact}.${key}`, part))
  return isProvenance(value)
    ? [{ fact, source: value.source, confidence: value.confidence }, ...nested]
    : nested
}

function isProvenance(value: object): value is Provenance {
  return 'source' in value && 'confidence' in value
}
