import { formatTable } from '../format-table.js'

/** Times in ms. */
export interface Timing {
  readonly medianMs: number
  readonly p95Ms: number
}

export interface StackingResult {
  /** 40 awards, 12 requirements. */
  readonly evaluate: Timing
  readonly byAwards: readonly (Timing & {
    readonly awards: number
    readonly maxMs: number
    /** Histories whose search passed its bound. */
    readonly undecided: number
  })[]
  readonly reEvaluation: ReEvaluationResult
}

export interface ReEvaluationResult {
  readonly learners: number
  readonly threads: number
  readonly seconds: number
  /** For a million learners; the same as measured when that many were. */
  readonly secondsForMillion: number
  readonly isExtrapolated: boolean
  /** Largest resident memory of the process with all threads, in MB, and what it was before. */
  readonly peakRssMb: number
  readonly startRssMb: number
  readonly outcomes: Readonly<Record<string, number>>
}

/** The result as text: a table, a plot of the cost by awards, and the re-evaluation. */
export function formatStackingResult({ byAwards, reEvaluation }: StackingResult): string {
  const rows = byAwards.map(({ awards, medianMs, p95Ms, maxMs, undecided }) => [
    String(awards),
    ...[medianMs, p95Ms, maxMs].map((value) => value.toFixed(3)),
    String(undecided),
  ])
  const table = formatTable([['awards', 'median ms', 'p95 ms', 'max ms', 'undecided'], ...rows])
  const { learners, threads, seconds, secondsForMillion, isExtrapolated } = reEvaluation
  const { peakRssMb, startRssMb, outcomes } = reEvaluation
  const million = `${secondsForMillion.toFixed(0)} s for 1,000,000`
  const counts = Object.entries(outcomes)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ')
  return `
One evaluation of a rule with 12 requirements, rule preparation included
${table}

Median by number of awards
${plot(byAwards)}

${learners.toLocaleString('en')} learners re-evaluated with ${threads} threads in ${seconds.toFixed(1)} s${
    isExtrapolated ? `; extrapolated: ${million}` : ''
  }
memory ${startRssMb} MB before, at most ${peakRssMb} MB; ${counts}
`
}

const plotWidth = 60

/** One bar per row; the longest is the largest median. */
function plot(rows: StackingResult['byAwards']): string {
  const largest = Math.max(...rows.map(({ medianMs }) => medianMs))
  return rows
    .map(({ awards, medianMs }) => {
      const bar = '█'.repeat(Math.max(1, Math.round((medianMs / largest) * plotWidth)))
      return `${String(awards).padStart(6)} │${bar} ${medianMs.toFixed(3)}`
    })
    .join('\n')
}
