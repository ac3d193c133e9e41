import type { CompiledRequirement, CompiledRule } from './compile-rule.js'
import type { StackableAward } from './stack-evaluation.js'

/**
 * Ids of the requirements an award could serve, in the order of the rule; none when the rule lets it not count at all.
 * Looks at the award alone: limits, prerequisites and what else is held decide whether it does.
 */
export function listServedRequirements(
  { eligible, requirements }: CompiledRule,
  award: StackableAward,
  date: string,
): readonly string[] {
  if (!eligible.every(({ test }) => test(award, date))) return []
  return requirements.filter((one) => couldServe(one, award, date)).map(({ id }) => id)
}

function couldServe(
  { measure }: CompiledRequirement,
  award: StackableAward,
  date: string,
): boolean {
  switch (measure.kind) {
    case 'AWARDS':
      return measure.test(award, date)
    case 'ECTS':
      return /[1-9]/.test(award.ects) && measure.test(award, date)
    case 'ITEMS':
      return measure.itemsOf(award, date).length > 0
    case 'SEQUENCE':
      return measure.stepOf.has(award.microCredentialId)
  }
}
