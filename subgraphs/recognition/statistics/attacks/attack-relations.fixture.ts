import type { Dimension } from '../domain/dimension.js'
import { listCodeSets, type PublishedCodes } from '../domain/published-codes.js'
import { type ReportingPeriod, toPeriod } from '../domain/reporting-period.js'
import { cellName, type ExactTable, type KnownCell } from './attack-knowledge.fixture.js'

/** Nobody is in the whole and in none of the parts. `isExact`: nobody is in two parts either, so that they add up. */
export interface Relation {
  readonly kind: 'marginal' | 'period'
  readonly whole: string
  readonly parts: readonly string[]
  readonly isExact: boolean
}

/** Everything an attacker can know about how published cells contain one another. */
export function listRelations(
  tables: readonly ExactTable[],
  codes: PublishedCodes,
): readonly Relation[] {
  const names = new Set(
    tables.flatMap(({ view, period, rows }) => rows.map((row) => cellName(view, period, row))),
  )
  const relations: Relation[] = []
  const add = (relation: Relation) => {
    if (relation.parts.every((part) => names.has(part))) relations.push(relation)
  }
  for (const { view, period, rows } of tables) {
    for (const row of rows) {
      const whole = cellName(view, period, row)
      for (const dimension of partitionedBy(tables, view, period)) {
        const wider = [...view, dimension]
        const parts = listCodeSets(codes, [dimension]).map((own) =>
          cellName(wider, period, { ...row, ...own }),
        )
        // One journey of a learner on a pathway has one home; across pathways one learner may count in several.
        add({ kind: 'marginal', whole, parts, isExact: view.includes('pathway') })
      }
      const parts = periodParts(period).map((part) => cellName(view, part, row))
      if (parts.length > 0) {
        add({ kind: 'period', whole, parts, isExact: view.includes('pathway') })
      }
    }
  }
  return relations
}

/**
 * Tightens what is known of parts and wholes until nothing more follows: differences, trackers and marginals minus cells
 * in every combination. Propagation is what a patient attacker with a spreadsheet can do.
 */
export function deduce(
  known: ReadonlyMap<string, KnownCell>,
  relations: readonly Relation[],
  sweeps: number,
): void {
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const { whole, parts, isExact } of relations) {
      const wholeCell = known.get(whole)
      const partCells = parts.flatMap((part) => known.get(part) ?? [])
      if (!wholeCell) continue
      const lows = partCells.reduce((sum, part) => sum + part.low, 0)
      const highs = partCells.reduce((sum, part) => sum + part.high, 0)
      const { low, high } = wholeCell
      for (const part of partCells) {
        part.low = Math.max(part.low, low - (highs - part.high))
        part.high = Math.min(part.high, isExact ? high - (lows - part.low) : high)
      }
      wholeCell.high = Math.min(wholeCell.high, highs)
      const most = Math.max(0, ...partCells.map((part) => part.low))
      wholeCell.low = Math.max(wholeCell.low, isExact ? lows : most)
    }
  }
}

/** The dimensions that split a table of this view into one that is published, too. Lists overlap: they split nothing. */
function partitionedBy(
  tables: readonly ExactTable[],
  view: readonly Dimension[],
  period: ReportingPeriod,
): readonly Dimension[] {
  const wider = tables.filter(
    (table) =>
      table.period.code === period.code &&
      table.view.length === view.length + 1 &&
      view.every((dimension) => table.view.includes(dimension)),
  )
  const added = wider.flatMap((table) => table.view.filter((each) => !view.includes(each)))
  return [...new Set(added)].filter(
    (dimension) => !['skill', 'iscedField', 'step'].includes(dimension),
  )
}

function periodParts(period: ReportingPeriod): readonly ReportingPeriod[] {
  const { kind, reportingYear } = period
  if (kind === 'MONTH') return []
  if (kind === 'YEAR')
    return [1, 2, 3, 4].map((number) => toPeriod('QUARTER', reportingYear, number))
  const quarter = Number(period.code.at(-1))
  return [1, 2, 3].map((number) => toPeriod('MONTH', reportingYear, (quarter - 1) * 3 + number))
}
