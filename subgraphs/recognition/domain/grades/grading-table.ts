/** Cycles of the framework of the European Higher Education Area. */
export const cycles = ['SHORT', 'FIRST', 'SECOND', 'THIRD'] as const
export type Cycle = (typeof cycles)[number]

/** Whose grades a table counts: all students of a field and cycle at one institution. */
export interface ReferenceGroup {
  readonly member: string
  /** ISCED-F 2013, two to four digits. */
  readonly iscedF: string
  readonly cycle: Cycle
}

/** The grades of a scale in their order. */
export interface GradeOrder {
  readonly scale: string
  /** Best first. */
  readonly passing: readonly string[]
  readonly failing: readonly string[]
}

export interface GradeCount {
  readonly year: number
  readonly grade: string
  readonly count: number
}

/**
 * How the passing grades of a reference group are distributed (ECTS Users' Guide 2015, annex 2): what makes grades of
 * two institutions comparable. A table belongs to its institution; those shipped here are synthetic.
 */
export interface GradingTable {
  readonly version: string
  readonly referenceGroup: ReferenceGroup
  readonly scale: string
  /** Every passing grade of the scale, best first, also those nobody was given. */
  readonly rows: readonly { readonly grade: string; readonly count: number }[]
  readonly failing: readonly string[]
  readonly years: readonly number[]
  /** Passing grades counted. */
  readonly sampleSize: number
  readonly synthetic: boolean
}

export type BuiltGradingTable =
  | { readonly ok: true; readonly table: GradingTable }
  | {
      readonly ok: false
      readonly code: 'TOO_FEW_YEARS' | 'TOO_FEW_GRADES' | 'PASS_FAIL_ONLY'
      readonly need: number
      readonly have: number
    }

/** A table rests on at least two years, so that one odd year does not make it. */
export const minimumYears = 2

/** A choice of ours, illustrative: below it a single student moves a share by more than two points. */
export const minimumSampleSize = 50

/**
 * Counts passing grades into a table. Grades that the order does not know, and failing ones, are left out: fails are
 * never converted.
 */
export function buildGradingTable(
  group: Pick<GradingTable, 'version' | 'referenceGroup' | 'synthetic'>,
  order: GradeOrder,
  counts: readonly GradeCount[],
): BuiltGradingTable {
  if (order.passing.length < 2) {
    return { ok: false, code: 'PASS_FAIL_ONLY', need: 2, have: order.passing.length }
  }
  const totals = new Map<string, number>(order.passing.map((grade) => [grade, 0]))
  const years = new Set<number>()
  for (const { grade, year, count } of counts) {
    const total = totals.get(grade)
    if (total === undefined || count <= 0) continue
    totals.set(grade, total + count)
    years.add(year)
  }
  const rows = [...totals].map(([grade, count]) => ({ grade, count }))
  const sampleSize = rows.reduce((sum, { count }) => sum + count, 0)
  if (years.size < minimumYears) {
    return { ok: false, code: 'TOO_FEW_YEARS', need: minimumYears, have: years.size }
  }
  if (sampleSize < minimumSampleSize) {
    return { ok: false, code: 'TOO_FEW_GRADES', need: minimumSampleSize, have: sampleSize }
  }
  return {
    ok: true,
    table: {
      ...group,
      scale: order.scale,
      rows,
      failing: order.failing,
      years: [...years].sort((a, b) => a - b),
      sampleSize,
    },
  }
}
