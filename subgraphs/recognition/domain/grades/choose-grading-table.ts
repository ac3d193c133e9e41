import type { Award } from '../award.js'
import type { Cycle, GradingTable } from './grading-table.js'

/** The cycle that a level of the European Qualifications Framework belongs to; null below higher education. */
export function cycleOfLevel(eqfLevel: number | null): Cycle | null {
  switch (eqfLevel) {
    case 5:
      return 'SHORT'
    case 6:
      return 'FIRST'
    case 7:
      return 'SECOND'
    case 8:
      return 'THIRD'
    default:
      return null
  }
}

/**
 * The table whose reference group fits an award best: of its cycle, and of the narrowest field that covers one of its
 * fields (a table of `06` covers `0613`). Null when none does.
 *
 * @param tables - Of one member, one version of each group.
 */
export function chooseGradingTable(
  tables: readonly GradingTable[],
  { eqfLevel, iscedF }: Pick<Award, 'eqfLevel' | 'iscedF'>,
): GradingTable | null {
  const cycle = cycleOfLevel(eqfLevel)
  let best: GradingTable | null = null
  for (const table of tables) {
    const { referenceGroup: group } = table
    if (group.cycle !== cycle || !iscedF.some((code) => code.startsWith(group.iscedF))) continue
    const isNarrower = group.iscedF.length - (best?.referenceGroup.iscedF.length ?? 0)
    const isEarlier = group.iscedF < (best?.referenceGroup.iscedF ?? '')
    if (isNarrower > 0 || (isNarrower === 0 && isEarlier)) best = table
  }
  return best
}
