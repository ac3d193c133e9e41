import type { LoadOrder, LoadReport } from '../load/load-messages.js'
import type { Companion } from '../process/companion.js'
import type { RunningGateway } from '../process/start-pinned.js'
import type { Timing } from './arguments.js'
import type { Workload } from './workload/operations.js'

export interface MeasuredRow {
  readonly name: string
  readonly running: RunningGateway
}

/** The reports of every round, by workload and row. */
export type Reports = ReadonlyMap<string, ReadonlyMap<string, readonly LoadReport[]>>

export interface Measured {
  readonly reports: Reports
  /** Rows without an answer, with what happened. */
  readonly silent: ReadonlyMap<string, string>
}

export interface MeasureOptions {
  readonly workloads: readonly Workload[]
  readonly rows: readonly MeasuredRow[]
  readonly timing: Timing
  readonly connections: number
  readonly load: Companion
  readonly companionPid: number
  /** Length of the right answer by request body. */
  readonly lengthOf: (body: string) => number
  readonly note: (text: string) => void
}

/**
 * Measures every row under every workload, once per round: rows take turns, so that a noisy minute of the machine
 * meets all of them and not one. A row that gives no answer is left out from there on.
 */
export async function measureRows(options: MeasureOptions): Promise<Measured> {
  const { workloads, rows, timing, note } = options
  const endsAt = performance.now() + timing.longestMs
  const silent = new Map<string, string>()
  const reports = new Map(
    workloads.map(({ name }) => [name, new Map(rows.map((row) => [row.name, [] as LoadReport[]]))]),
  )
  for (let round = 0; round < timing.rounds; round += 1) {
    // The small one first: it calls most often in a second, so that compilers have seen what all three have in common.
    for (const workload of workloads.toReversed()) {
      // Where a row stands in the order must not favour it.
      const order = round % 2 === 0 ? rows : rows.toReversed()
      for (const row of order) {
        if (silent.has(row.name)) continue
        if (round > 0 && performance.now() > endsAt) return { reports, silent }
        const report = await options.load.ask<LoadReport>(toOrder(options, workload, row, round))
        if (report.answers === 0) {
          const reason = report.failure ?? 'nothing came in time'
          silent.set(row.name, `no answer under ${workload.name}: ${reason}`)
          note(`LEFT OUT: ${row.name}: ${silent.get(row.name)}`)
          continue
        }
        reports.get(workload.name)?.get(row.name)?.push(report)
        note(toLine(`${round + 1}/${timing.rounds} ${workload.name} ${row.name}`, report))
      }
    }
  }
  return { reports, silent }
}

function toOrder(
  { timing, connections, companionPid, lengthOf }: MeasureOptions,
  { bodies }: Workload,
  { running }: MeasuredRow,
  round: number,
): LoadOrder {
  return {
    url: running.url,
    bodies,
    connections,
    warmUpMs: round === 0 ? timing.firstWarmUpMs : timing.warmUpMs,
    timedMs: timing.timedMs,
    longestExtensionMs: timing.longestExtensionMs,
    // Spaces and key order are free, a missing branch is not.
    minimumBytes: Math.floor(Math.min(...bodies.map(lengthOf)) * 0.98),
    gatewayPid: running.pid,
    companionPid,
  }
}

function toLine(title: string, report: LoadReport): string {
  const { rps, cpuMsPerRequest, p99, failures, failure, gatewayShare, loadShare } = report
  const trouble = failures === 0 ? '' : `  ${failures} FAILED, first: ${failure}`
  const shares = `cores ${percent(gatewayShare)}/${percent(loadShare)}`
  return `${title}: ${rps.toFixed(0)} rps, ${cpuMsPerRequest.toFixed(3)} ms CPU, p99 ${p99.toFixed(1)} ms, ${shares}${trouble}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
