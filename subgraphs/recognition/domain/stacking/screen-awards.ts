import type { MicroCredentialId } from '../../../../schema/index.js'
import type { CompiledRule } from './compile-rule.js'
import type {
  EvaluationContext,
  ExcludedAward,
  ExclusionReason,
  StackableAward,
} from './stack-evaluation.js'

/** Awards one by one: those that may count, and those that may not whatever else there is. */
export interface ScreenedAwards {
  /** Newest first; of one day, by id backwards. */
  readonly countable: readonly StackableAward[]
  readonly excluded: readonly ExcludedAward[]
}

/** Applies everything a rule asks of single awards: status, dates, single use, `eligible`, prerequisites. */
export function screenAwards(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
  context: EvaluationContext,
): ScreenedAwards {
  const countable: StackableAward[] = []
  const excluded: ExcludedAward[] = []
  const earliest = compiled.prerequisites.size > 0 ? findEarliest(awards, context.date) : null
  for (const award of awards) {
    const reasons = statusReasons(award)
    addContextReasons(reasons, award, compiled, context)
    for (const { kind, test } of compiled.eligible) {
      if (!test(award, context.date)) reasons.push({ code: 'NOT_ELIGIBLE', condition: kind })
    }
    if (earliest !== null) {
      const missing = (compiled.prerequisites.get(award.microCredentialId) ?? []).filter(
        (required) => (earliest.get(required) ?? '9999') > award.awardedOn,
      )
      if (missing.length > 0) reasons.push({ code: 'PREREQUISITE_MISSING', missing })
    }
    if (reasons.length === 0) countable.push(award)
    else {
      const { id, microCredentialId } = award
      excluded.push({ awardId: id, microCredentialId, reasons })
    }
  }
  return { countable: countable.sort(newestFirst), excluded }
}

function newestFirst(a: StackableAward, b: StackableAward): number {
  if (a.awardedOn !== b.awardedOn) return a.awardedOn < b.awardedOn ? 1 : -1
  return a.id < b.id ? 1 : -1
}

function statusReasons(award: StackableAward): ExclusionReason[] {
  switch (award.status) {
    case 'VALID':
      return []
    case 'SUSPENDED':
    case 'REVOKED':
      return [{ code: award.status }]
    case 'SUPERSEDED':
      return [{ code: 'SUPERSEDED', by: award.supersededBy }]
  }
}

function addContextReasons(
  reasons: ExclusionReason[],
  { id, awardedOn }: StackableAward,
  { rule }: CompiledRule,
  { date, usedElsewhere }: EvaluationContext,
): void {
  if (awardedOn > date) reasons.push({ code: 'NOT_YET_AWARDED', awardedOn })
  const by = rule.creditUse === 'ONCE' ? usedElsewhere?.get(id) : undefined
  if (by !== undefined) reasons.push({ code: 'USED_ELSEWHERE', by })
}

/** The first valid award of each micro-credential: a prerequisite counts as met even where it does not count itself. */
function findEarliest(
  awards: readonly StackableAward[],
  date: string,
): ReadonlyMap<MicroCredentialId, string> {
  const earliest = new Map<MicroCredentialId, string>()
  for (const { microCredentialId, awardedOn, status } of awards) {
    if (status !== 'VALID' || awardedOn > date) continue
    const known = earliest.get(microCredentialId)
    if (known === undefined || awardedOn < known) earliest.set(microCredentialId, awardedOn)
  }
  return earliest
}
