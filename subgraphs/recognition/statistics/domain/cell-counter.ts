import { contributionBounds } from './contribution-bounds.js'
import { type Dimension, sortDimensions } from './dimension.js'
import { type PeriodKind, periodKinds, periodsPerYear, placeInYear } from './reporting-period.js'
import { type Family, families, rolledUpViews, viewName } from './statistics-family.js'

/** What units have in common that are counted in the same cells. Its cells are looked up once for each object. */
export interface UnitPlace {
  /** Month of the calendar, 1–12; the reporting year is the caller's. */
  readonly month: number
  readonly populations: readonly string[]
  /** Codes for every dimension of the family; of a list, each once. */
  readonly codes: Readonly<Partial<Record<Dimension, readonly string[]>>>
}

/** One unit as it is counted: added, or taken away again. */
export interface CountedUnit {
  readonly isAfter: boolean
  readonly place: UnitPlace
  /** Thousandths of ECTS; 0 for what has no credits. */
  readonly ects: number
  /** Completed weeks by measure. */
  readonly weeks: readonly (readonly [measure: string, weeks: number])[]
}

/** Where a change belongs: a period of the reporting year, a breakdown, a code for each of its dimensions. */
export interface ChangePlace {
  readonly kind: PeriodKind
  /** Place of the period in the reporting year, from 1. */
  readonly number: number
  readonly view: string
  readonly codes: readonly string[]
}

/** What one cell gains, or loses. */
export interface CellChange extends ChangePlace {
  readonly population: string
  readonly persons: number
  readonly units: number
  readonly boundedUnits: number
  readonly ects: number
  readonly boundedEcts: number
  readonly squaredEcts: bigint
}

/** How many units more took so many weeks. */
export interface DurationChange extends ChangePlace {
  readonly measure: string
  readonly weeks: number
  readonly units: number
}

/** Adds units up to cells. Memory grows with the cells, not with the units. */
export interface CellCounter {
  /** All units of one learner at once, before and after a change: a learner counts once in a cell. */
  addLearner(units: readonly CountedUnit[]): void
  listCells(): readonly CellChange[]
  listDurations(): readonly DurationChange[]
}

/**
 * A counter for one family in one reporting year, over every breakdown that is kept ready.
 *
 * Ten million events make some 200 million contributions, so nothing is looked up or allocated for one: units that are
 * alike share a list of their cells, and who is counted at the moment stands in the cells themselves.
 */
export function createCellCounter(family: Family): CellCounter {
  const populations: readonly string[] = families[family].populations
  const views = listViews(family)
  const measures: string[] = []
  const touched: Cell[] = []
  const spots = new WeakMap<UnitPlace, Spot>()

  const find = (place: UnitPlace): Spot => {
    const periods = periodKinds.map(
      (kind) => firstPeriod[kind] + placeInYear(kind, place.month) - 1,
    )
    const own = place.populations.map((population) => populations.indexOf(population))
    const counted = views.flatMap((view) =>
      findGroups(view, place).flatMap((group) =>
        view.kindPlaces.map((kind) => ({ group, period: periods[kind] ?? 0 })),
      ),
    )
    const cells = counted.flatMap(({ group, period }) =>
      own.map((index) => {
        const slot = period * populations.length + index
        const cell = group.cells[slot] ?? createCell()
        group.cells[slot] = cell
        return cell
      }),
    )
    return { cells, counted }
  }
  const addWeeks = ({ counted }: Spot, { weeks, isAfter }: CountedUnit): void => {
    for (const [measure, duration] of weeks) {
      if (!measures.includes(measure)) measures.push(measure)
      const key = measures.indexOf(measure) * measureBase + duration
      for (const { group, period } of counted) {
        const counts = group.durations[period] ?? new Map<number, number>()
        group.durations[period] = counts
        counts.set(key, (counts.get(key) ?? 0) + (isAfter ? 1 : -1))
      }
    }
  }
  const addUnit = (unit: CountedUnit): void => {
    const spot = spots.get(unit.place) ?? find(unit.place)
    spots.set(unit.place, spot)
    for (const cell of spot.cells) {
      if (!cell.isTouched) touched.push(cell)
      cell.isTouched = true
      if (unit.isAfter) {
        cell.after += 1
        cell.ectsAfter += unit.ects
      } else {
        cell.before += 1
        cell.ectsBefore += unit.ects
      }
    }
    if (unit.weeks.length > 0) addWeeks(spot, unit)
  }
  return {
    addLearner: (units) => {
      for (const unit of units) addUnit(unit)
      for (const cell of touched) settle(cell)
      touched.length = 0
    },
    listCells: () => listCells(views, populations),
    listDurations: () => listDurations(views, measures),
  }
}

/** Where units of one place are counted: their cells, and their groups with the period. */
interface Spot {
  readonly cells: readonly Cell[]
  readonly counted: readonly { readonly group: Group; readonly period: number }[]
}

/** A breakdown and what was found in it; groups by their codes. */
interface View {
  readonly name: string
  readonly dimensions: readonly Dimension[]
  readonly kinds: readonly PeriodKind[]
  /** Places of the kinds in `periodKinds`. */
  readonly kindPlaces: readonly number[]
  readonly groups: Map<string, Group>
}

/** One combination of codes: cells by period and population, durations by period. */
interface Group {
  readonly codes: readonly string[]
  readonly cells: (Cell | undefined)[]
  readonly durations: (Map<number, number> | undefined)[]
}

/** Sums of a cell, and what the learner at hand has in it. */
interface Cell {
  isTouched: boolean
  before: number
  after: number
  ectsBefore: number
  ectsAfter: number
  persons: number
  units: number
  boundedUnits: number
  ects: number
  boundedEcts: number
  // In two parts: the squares of a million learners add up to more than a safe integer.
  squaresHigh: number
  squaresLow: number
}

/** Where the periods of each kind begin in a group: the year, its quarters, its months. */
const firstPeriod: Readonly<Record<PeriodKind, number>> = {
  YEAR: 0,
  QUARTER: periodsPerYear.YEAR,
  MONTH: periodsPerYear.YEAR + periodsPerYear.QUARTER,
}
const squareBase = 2 ** 26
/** More weeks than anything takes. */
const measureBase = 1_000_000

function listViews(family: Family): readonly View[] {
  const views = new Map<string, { dimensions: readonly Dimension[]; kinds: PeriodKind[] }>()
  for (const kind of periodKinds) {
    for (const view of rolledUpViews(family, kind)) {
      const name = viewName(view)
      const own = views.get(name) ?? { dimensions: sortDimensions(view), kinds: [] }
      views.set(name, own)
      own.kinds.push(kind)
    }
  }
  return [...views].map(([name, { dimensions, kinds }]) => ({
    name,
    dimensions,
    kinds,
    kindPlaces: kinds.map((kind) => periodKinds.indexOf(kind)),
    groups: new Map<string, Group>(),
  }))
}

/** The groups of a view that a unit is in: one for each combination of its codes. */
function findGroups(view: View, { codes }: UnitPlace): readonly Group[] {
  let keys: readonly (readonly string[])[] = [[]]
  for (const dimension of view.dimensions) {
    const own = codes[dimension] ?? []
    keys = keys.flatMap((key) => own.map((code) => [...key, code]))
  }
  return keys.map((key) => groupAt(view, key.join('\n')))
}

function groupAt(view: View, key: string): Group {
  const known = view.groups.get(key)
  if (known) return known
  const codes = view.dimensions.length === 0 ? [] : key.split('\n')
  const group: Group = { codes, cells: [], durations: [] }
  view.groups.set(key, group)
  return group
}

function createCell(): Cell {
  const learner = { isTouched: false, before: 0, after: 0, ectsBefore: 0, ectsAfter: 0 }
  const sums = { persons: 0, units: 0, boundedUnits: 0, ects: 0, boundedEcts: 0 }
  return { ...learner, ...sums, squaresHigh: 0, squaresLow: 0 }
}

/** Puts what the learner at hand has in the cell into its sums. */
function settle(cell: Cell): void {
  const { before, after, ectsBefore, ectsAfter } = cell
  const { units, ectsThousandths } = contributionBounds
  cell.persons += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0)
  cell.units += after - before
  cell.boundedUnits += Math.min(after, units) - Math.min(before, units)
  if (ectsAfter !== ectsBefore) {
    const squares = ectsAfter * ectsAfter - ectsBefore * ectsBefore
    const high = Math.trunc(squares / squareBase)
    cell.ects += ectsAfter - ectsBefore
    cell.boundedEcts += Math.min(ectsAfter, ectsThousandths) - Math.min(ectsBefore, ectsThousandths)
    cell.squaresHigh += high
    cell.squaresLow += squares - high * squareBase
  }
  cell.isTouched = false
  cell.before = 0
  cell.after = 0
  cell.ectsBefore = 0
  cell.ectsAfter = 0
}

function listCells(views: readonly View[], populations: readonly string[]): readonly CellChange[] {
  return placesOf(views).flatMap(({ place, period, group }) =>
    populations.flatMap((population, index) => {
      const cell = group.cells[period * populations.length + index]
      if (!cell) return []
      const { persons, units, boundedUnits, ects, boundedEcts } = cell
      const squaredEcts = BigInt(cell.squaresHigh) * BigInt(squareBase) + BigInt(cell.squaresLow)
      const isSame = [persons, units, boundedUnits, ects, boundedEcts].every((each) => each === 0)
      if (isSame && squaredEcts === 0n) return []
      return [
        { ...place, population, persons, units, boundedUnits, ects, boundedEcts, squaredEcts },
      ]
    }),
  )
}

function listDurations(
  views: readonly View[],
  measures: readonly string[],
): readonly DurationChange[] {
  return placesOf(views).flatMap(({ place, period, group }) =>
    [...(group.durations[period] ?? [])].flatMap(([key, units]) => {
      const measure = measures[Math.floor(key / measureBase)] ?? ''
      return units === 0 ? [] : [{ ...place, measure, weeks: key % measureBase, units }]
    }),
  )
}

function placesOf(views: readonly View[]) {
  return views.flatMap(({ name, kinds, groups }) =>
    [...groups.values()].flatMap((group) =>
      kinds.flatMap((kind) =>
        Array.from({ length: periodsPerYear[kind] }, (_, index) => ({
          place: { kind, number: index + 1, view: name, codes: group.codes },
          period: firstPeriod[kind] + index,
          group,
        })),
      ),
    ),
  )
}
