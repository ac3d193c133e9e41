import type { Measure } from './compile-rule.js'
import type { StackableAward } from './stack-evaluation.js'

/**
 * What an unmet requirement still asks for by name: items nobody has shown, or what could be the next step.
 *
 * @param serving - The awards that serve the requirement.
 * @param have - What they amount to.
 */
export function listMissingItems(
  measure: Measure,
  serving: readonly StackableAward[],
  { have, date }: { readonly have: number; readonly date: string },
): readonly string[] {
  if (measure.kind === 'SEQUENCE') return measure.steps[have] ?? []
  if (measure.kind !== 'ITEMS' || measure.known.length === 0) return []
  const found = new Set(serving.flatMap((award) => measure.itemsOf(award, date)))
  return measure.known.filter((item) => !found.has(item))
}
