import { compareDecimals, sumDecimals } from '../domain/decimal.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningPathwayEntry } from './learning-pathway.schema.js'
import type { MicroCredentialEntry } from './micro-credential.schema.js'

/** Where and what: `micro-credentials.json definitions.3.key: …`. */
export type DataFault = string

export interface ReadEntries {
  readonly jurisdictions: readonly Jurisdiction[]
  readonly definitions: readonly MicroCredentialEntry[]
  readonly pathways: readonly LearningPathwayEntry[]
}

/** Faults that no single entry shows: double keys, owners that contradict each other, steps nobody can complete. */
export function findConflicts({ jurisdictions, definitions, pathways }: ReadEntries): DataFault[] {
  const owners = definitions.flatMap((definition, index) =>
    definition.opportunity.startsWith(`${definition.awardedBy}:`)
      ? []
      : [
          `micro-credentials.json definitions.${index}.opportunity: '${definition.opportunity}' is not of '${definition.awardedBy}', which awards it`,
        ],
  )
  return [
    ...findDoubles(
      'jurisdictions.json',
      'code',
      jurisdictions.map((entry) => entry.code),
    ),
    ...findDoubles(
      'micro-credentials.json definitions.',
      'key',
      definitions.map((entry) => entry.key),
    ),
    ...findDoubles(
      'micro-credentials.json definitions.',
      'opportunity',
      definitions.map((entry) => entry.opportunity),
    ),
    ...findDoubles(
      'learning-pathways.json',
      'key',
      pathways.map((entry) => entry.key),
    ),
    ...owners,
    ...findUnreachableSteps(definitions, pathways),
  ]
}

function findDoubles(file: string, field: string, values: readonly string[]): DataFault[] {
  const prefix = file.endsWith('.') ? file : `${file} `
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [`${prefix}${index}.${field}: '${value}' is there twice`] : [],
  )
}

/** A step may ask for no more credits than all its opportunities together give, as far as their credits are known here. */
function findUnreachableSteps(
  definitions: readonly MicroCredentialEntry[],
  pathways: readonly LearningPathwayEntry[],
): DataFault[] {
  const ectsOf = new Map<string, string>(
    definitions.map((entry) => [entry.opportunity, entry.ects]),
  )
  return pathways.flatMap((pathway, pathwayIndex) =>
    pathway.steps.flatMap((step, stepIndex) => {
      const known = step.opportunities.flatMap((id) => ectsOf.get(id) ?? [])
      if (known.length < step.opportunities.length) return []
      const available = sumDecimals(known)
      if (compareDecimals(step.ects, available) <= 0) return []
      return [
        `learning-pathways.json ${pathwayIndex}.steps.${stepIndex}.ects: asks for ${step.ects} ECTS, its opportunities give ${available}`,
      ]
    }),
  )
}
