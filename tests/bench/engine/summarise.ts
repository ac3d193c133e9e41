import { formatTable } from '../format-table.js'
import type { LoadReport } from '../load/load-messages.js'
import { median } from '../median.js'
import type { Reports } from './measure-rows.js'

/** One cell of the result: medians over the rounds, times in ms. */
export interface Figures {
  readonly rps: number
  readonly cpuMsPerRequest: number
  readonly p50: number
  readonly p99: number
  readonly rssMb: number
}

/** Figures by workload and row: what `--json` prints. */
export type Summary = Readonly<Record<string, Readonly<Record<string, Figures>>>>

/** Takes the medians over the rounds. */
export function summarise(reports: Reports): Summary {
  return Object.fromEntries(
    [...reports].map(([workload, rows]) => [
      workload,
      Object.fromEntries(
        [...rows]
          .filter(([, rounds]) => rounds.length > 0)
          .map(([row, rounds]) => [row, toFigures(rounds)]),
      ),
    ]),
  )
}

function toFigures(rounds: readonly LoadReport[]): Figures {
  const of = (pick: (report: LoadReport) => number, digits: number): number =>
    Number(median(rounds.map(pick)).toFixed(digits))
  return {
    rps: of(({ rps }) => rps, 1),
    cpuMsPerRequest: of(({ cpuMsPerRequest }) => cpuMsPerRequest, 4),
    p50: of(({ p50 }) => p50, 2),
    p99: of(({ p99 }) => p99, 2),
    rssMb: of(({ rssMb }) => rssMb, 1),
  }
}

/** Rows that others are compared with, by CPU per request. */
const yardsticks = ['apollo', 'hive-rust', 'grafbase', 'node-http'] as const

/** Prints one table per workload. A ratio of 3 means: this row needs a third of the other's CPU per request. */
export function formatSummary(summary: Summary): string {
  return Object.entries(summary)
    .map(([workload, rows]) => {
      const known = yardsticks.filter((name) => rows[name] !== undefined)
      const head = ['', 'rps', 'CPU ms/req', 'p50 ms', 'p99 ms', 'RSS MB']
      const lines = Object.entries(rows).map(([name, figures]) => [
        name,
        figures.rps.toFixed(0),
        figures.cpuMsPerRequest.toFixed(3),
        figures.p50.toFixed(1),
        figures.p99.toFixed(1),
        figures.rssMb.toFixed(0),
        ...known.map((yardstick) => {
          const other = rows[yardstick]?.cpuMsPerRequest ?? Number.NaN
          return `${(other / figures.cpuMsPerRequest).toFixed(2)}×`
        }),
      ])
      return `${workload}\n${formatTable([[...head, ...known.map((name) => `vs ${name}`)], ...lines])}`
    })
    .join('\n\n')
}
