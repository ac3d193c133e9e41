import type { ProcessSample } from './gateway-probe.js'
import { type HeapPoint, toSlope } from './heap-trend.js'
import type { LoadCounts } from './soak-load.js'

/** All a soak has seen. */
export interface SoakFacts {
  readonly durationMs: number
  readonly counts: LoadCounts
  /** Longest time for which clients and subgraphs themselves did not get the processor. */
  readonly longestStarvationMs: number
  readonly reloads: { readonly wanted: number; readonly done: number }
  /** Faulty supergraphs offered, and refused. */
  readonly refusals: { readonly wanted: number; readonly done: number }
  readonly outages: { readonly kills: number; readonly hangs: number }
  /** Heap under load, each after a forced collection. */
  readonly heap: readonly HeapPoint[]
  /** The idle gateway before and after the load. */
  readonly before: ProcessSample
  readonly after: ProcessSample
  readonly exitCode: number | null
}

export interface SoakReport extends SoakFacts {
  readonly heapSlopeBytesPerMinute: number
  /** What the soak must not show; empty when all is well. */
  readonly failures: readonly string[]
}

/** Most the heap may seem to grow over a whole run: noise of caches that fill, not of the minutes. */
const heapGrowthLimitBytes = 6_000_000
/** Sockets and files that may come or go by themselves. */
const handleTolerance = 3

/** Judges a soak. */
export function judgeSoak(facts: SoakFacts): SoakReport {
  const { counts, reloads, refusals, outages, heap, before, after, exitCode } = facts
  const heapSlopeBytesPerMinute = toSlope(heap)
  const growth = (heapSlopeBytesPerMinute * facts.durationMs) / 60_000
  const failures: string[] = []
  if (counts.wrong > 0) failures.push(`${counts.wrong} requests that should have succeeded did not`)
  if (counts.late > 0) failures.push(`${counts.late} answers came after the deadline`)
  if (counts.starved > counts.answered) {
    failures.push('the machine was too busy for clients and subgraphs: nothing was proved')
  }
  if (counts.answered === 0) failures.push('nothing was answered')
  if (counts.partial === 0) failures.push('no outage was felt: nothing was proved')
  if (counts.aborted === 0 || counts.slowlyRead === 0) failures.push('no aborts or no slow clients')
  if (reloads.done !== reloads.wanted) failures.push(`${reloads.done} of ${reloads.wanted} reloads`)
  if (refusals.done !== refusals.wanted)
    failures.push(`${refusals.done} of ${refusals.wanted} refusals`)
  if (outages.kills === 0 || outages.hangs === 0) failures.push('not every kind of outage happened')
  if (growth > heapGrowthLimitBytes) failures.push(`the heap grew by ${toMegabytes(growth)} MB`)
  if (countHandles(after) > countHandles(before) + handleTolerance) {
    failures.push(`active resources: ${countHandles(before)} before, ${countHandles(after)} after`)
  }
  if ((after.openFiles ?? 0) > (before.openFiles ?? 0) + handleTolerance) {
    failures.push(`open files: ${before.openFiles} before, ${after.openFiles} after`)
  }
  if (exitCode !== 0) failures.push(`the gateway ended with ${exitCode ?? 'a signal'}`)
  return { ...facts, heapSlopeBytesPerMinute, failures }
}

/** For people. */
export function formatSoakReport(report: SoakReport): string {
  const { counts, reloads, refusals, outages, heap, before, after, failures } = report
  const first = heap.at(0)?.bytes ?? 0
  const last = heap.at(-1)?.bytes ?? 0
  return [
    `soak of ${Math.round(report.durationMs / 1_000)} s`,
    `  answers     ${counts.answered} right, ${counts.partial} of them partial; ${counts.wrong} wrong, ${counts.late} late; slowest ${Math.round(counts.slowestMs)} ms`,
    `  clients     ${counts.aborted} aborted, ${counts.slowlyRead} huge answers read slowly`,
    `  machine     held us up for ${Math.round(report.longestStarvationMs)} ms at the longest; ${counts.starved} answers suffered from that`,
    `  reloads     ${reloads.done} of ${reloads.wanted}; ${refusals.done} of ${refusals.wanted} faulty supergraphs refused`,
    `  outages     ${outages.kills} kills, ${outages.hangs} hangs`,
    `  heap        ${toMegabytes(first)} MB first, ${toMegabytes(last)} MB last, slope ${toMegabytes(report.heapSlopeBytesPerMinute)} MB per minute over ${heap.length} samples`,
    `  handles     ${countHandles(before)} before, ${countHandles(after)} after; open files ${before.openFiles ?? '-'} and ${after.openFiles ?? '-'}`,
    ...counts.faults.map((fault) => `  fault       ${fault}`),
    failures.length === 0 ? 'soak: all well' : `soak: FAILED: ${failures.join('; ')}`,
    '',
  ].join('\n')
}

/** Number of active resources. */
export function countHandles({ resources }: ProcessSample): number {
  return Object.values(resources).reduce((sum, count) => sum + count, 0)
}

function toMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(2)
}
