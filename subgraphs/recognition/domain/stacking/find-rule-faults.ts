import type { MicroCredentialId } from '../../../../schema/index.js'
import type { Requirement } from './requirement.js'
import type { StackLimit } from './stack-limit.js'
import type { Prerequisite } from './stacking-rule.js'

/** Where in a rule document something is wrong, and what. */
export interface RuleFault {
  /** Dotted, e.g. `requirements.0.count`. */
  readonly path: string
  readonly message: string
}

/** Parts of a rule; null for one whose own shape is wrong already. */
export interface RuleParts {
  readonly inForceFrom: string | null
  readonly inForceUntil: string | null
  readonly source: string | null
  readonly illustrative: boolean | null
  readonly prerequisites: readonly (Prerequisite | null)[]
  readonly limits: readonly (StackLimit | null)[]
  readonly requirements: readonly (Requirement | null)[]
}

/** Everything that is wrong between the parts of a rule, each of which is right by itself. */
export function findRuleFaults(parts: RuleParts): readonly RuleFault[] {
  const faults: RuleFault[] = []
  const { inForceFrom, inForceUntil } = parts
  if (inForceFrom !== null && inForceUntil !== null && inForceUntil < inForceFrom) {
    faults.push({ path: 'inForceUntil', message: 'lies before inForceFrom' })
  }
  if (parts.illustrative === false && parts.source === null) {
    faults.push({ path: 'illustrative', message: 'must be true as long as no source is named' })
  }
  const taken = new Set<string>()
  parts.limits.forEach((limit, index) => {
    if (limit !== null) faults.push(...idFaults(limit.id, `limits.${index}`, taken))
  })
  parts.requirements.forEach((requirement, index) => {
    if (requirement === null) return
    const path = `requirements.${index}`
    faults.push(...requirementFaults(requirement, path), ...idFaults(requirement.id, path, taken))
  })
  const dependents = new Set<string>()
  parts.prerequisites.forEach((prerequisite, index) => {
    if (prerequisite === null) return
    const { microCredentialId, requires } = prerequisite
    const path = `prerequisites.${index}`
    if (dependents.has(microCredentialId)) {
      faults.push({ path, message: `lists ${microCredentialId} twice` })
    }
    dependents.add(microCredentialId)
    if (requires.includes(microCredentialId)) {
      faults.push({ path: `${path}.requires`, message: 'asks for the award itself' })
    }
    faults.push(...twiceFaults(requires, `${path}.requires`))
  })
  return faults
}

function idFaults(id: string, path: string, taken: Set<string>): RuleFault[] {
  const isTaken = taken.has(id)
  taken.add(id)
  return isTaken ? [{ path: `${path}.id`, message: `${id} is taken already` }] : []
}

function requirementFaults(requirement: Requirement, path: string): RuleFault[] {
  switch (requirement.kind) {
    case 'ALL_OF':
      return twiceFaults(requirement.microCredentialIds, `${path}.microCredentialIds`)
    case 'CHOOSE': {
      const faults = twiceFaults(requirement.from, `${path}.from`)
      const different = new Set(requirement.from).size
      if (requirement.count > different) {
        const message = `asks for ${requirement.count} of ${different}`
        faults.push({ path: `${path}.count`, message })
      }
      return faults
    }
    case 'OUTCOMES':
      return twiceFaults(
        requirement.allOf.map((text) => text.trim().toLowerCase()),
        `${path}.allOf`,
      )
    case 'SEQUENCE':
      return sequenceFaults(requirement.steps, `${path}.steps`)
    case 'MIN_ECTS':
    case 'MIN_SHARE':
    case 'MIN_AWARDS':
    case 'RESIDENCY':
    case 'DISTINCT':
      return []
  }
}

function sequenceFaults(
  steps: readonly (readonly MicroCredentialId[])[],
  path: string,
): RuleFault[] {
  const stepOf = new Map<string, number>()
  const faults: RuleFault[] = []
  steps.forEach((ids, step) => {
    for (const id of ids) {
      const earlier = stepOf.get(id)
      if (earlier === step) faults.push({ path, message: `lists ${id} twice` })
      else if (earlier !== undefined) faults.push({ path, message: `has ${id} in two steps` })
      stepOf.set(id, step)
    }
  })
  return faults
}

function twiceFaults(values: readonly string[], path: string): RuleFault[] {
  const twice = new Set(values.filter((value, index) => values.indexOf(value) !== index))
  return [...twice].map((value) => ({ path, message: `lists ${value} twice` }))
}
