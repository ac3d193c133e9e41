import { readProcessUsage } from '../process/process-usage.js'
import type { LoadOrder, LoadReport } from './load-messages.js'
import { runConnections } from './run-connections.js'
import { createTimedWindow } from './timed-window.js'

/** The load: takes an order by IPC, answers with a report, waits for the next. Ends with the parent. */
process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      process.stderr.write(`load: ${String(error)}\n`)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))

/** How much longer warm-up and timed window together may become. */
const defaultExtensionMs = 20_000

type Usage = ReturnType<typeof readUsage>

async function run(order: LoadOrder): Promise<LoadReport> {
  const { warmUpMs, timedMs, longestExtensionMs = defaultExtensionMs } = order
  const latencies: number[] = []
  const list: (readonly [number, number])[] = []
  let failures = 0
  let failure: string | null = null
  let before: Usage | undefined
  let after: Usage | undefined
  const over = Promise.withResolvers<void>()
  const fail = (reason: string): void => {
    failures += 1
    failure ??= reason
  }
  const window = createTimedWindow({
    ...order,
    onBegin: () => {
      failures = 0
      failure = null
      before = readUsage(order)
    },
    onEnd: () => {
      after = readUsage(order)
      over.resolve()
    },
  })
  const stop = runConnections({
    ...order,
    onAnswer(startedAt, status, bytes, body) {
      const tookMs = performance.now() - startedAt
      if (!window.noteAnswer()) return
      if (status !== 200) fail(`status ${status}`)
      else if (bytes < order.minimumBytes) fail(`an answer of ${bytes} bytes`)
      else {
        latencies.push(tookMs)
        if (order.isListing) list.push([body, tookMs])
      }
    },
    onFailure: fail,
  })
  const timer = setTimeout(over.resolve, warmUpMs + timedMs + longestExtensionMs)
  await over.promise
  clearTimeout(timer)
  stop()
  after ??= readUsage(order)
  // A window that never ended: what there is, whatever it is worth.
  return toReport({ latencies, list, failures, failure, before: before ?? after, after })
}

function toReport({
  latencies,
  before,
  after,
  ...rest
}: Pick<LoadReport, 'list' | 'failures' | 'failure'> & {
  readonly latencies: readonly number[]
  readonly before: Usage
  readonly after: Usage
}): LoadReport {
  const sorted = Float64Array.from(latencies).sort()
  const tookMs = after.at - before.at
  const cpuMs = after.gateway.cpuMs - before.gateway.cpuMs
  const percentile = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return {
    ...rest,
    answers: sorted.length,
    rps: (sorted.length / tookMs) * 1_000,
    cpuMsPerRequest: cpuMs / sorted.length,
    p50: percentile(0.5),
    p99: percentile(0.99),
    rssMb: after.gateway.rssMb,
    gatewayShare: cpuMs / tookMs,
    loadShare: (after.ownMs - before.ownMs) / tookMs,
  }
}

function readUsage({ gatewayPid, companionPid }: LoadOrder) {
  const { user, system } = process.cpuUsage()
  return {
    at: performance.now(),
    gateway: readProcessUsage(gatewayPid),
    ownMs: (user + system) / 1_000 + readProcessUsage(companionPid).cpuMs,
  }
}
