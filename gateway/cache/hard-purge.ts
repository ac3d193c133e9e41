import type { Logger } from '../../infra/runtime/index.js'
import type { CacheStore } from './cache-store.js'
import { type PurgeScope, parseErasureCounter, toSweepScope } from './domain/purge-scope.js'
import type { ErasureLog } from './erasure-log.js'

/** What a hard purge has erased. */
export interface PurgeReceipt {
  /** Entries by the place they were in: a Redis, or `memory of <process>`. */
  readonly erased: Readonly<Record<string, number>>
  /**
   * Whose memory is counted: `everyProcess` that lived at the purge, only `someProcesses` so far, or `thisProcess`, because
   * without a purge log the others erase without saying so.
   */
  readonly coverage: 'everyProcess' | 'someProcesses' | 'thisProcess'
  /** Processes that have not reported. */
  readonly waitingFor: readonly string[]
}

/** The erasing half of hard purges, in the background. */
export interface HardPurges {
  /**
   * A counter has grown: when it tells of an erasure, this process erases that from its memory and reports.
   *
   * @param isNew - It was not known here before. A process that starts reads all of them; what was erased before it began
   * is not its business.
   */
  heard(counter: string, value: number, isNew: boolean): void
  /**
   * Erases from every Redis, once at once, and once more when no process writes any more what it had under way.
   *
   * @param counters - Those the purge has raised, with their values.
   */
  erase(id: string, scope: PurgeScope, counters: ReadonlyMap<string, number>): Promise<void>
  /** Undefined until Redis is done. */
  receipt(id: string): Promise<PurgeReceipt | undefined>
}

export interface HardPurgeOptions {
  /** Name of this process, unlike any other's. */
  readonly processName: string
  /** Memory of this process. */
  readonly memory: readonly ((scope: ReturnType<typeof toSweepScope>) => number)[]
  /** Every Redis, by name. */
  readonly stores: ReadonlyMap<string, Pick<CacheStore, 'sweep'>>
  readonly log: Logger
  readonly erasureLog: ErasureLog | undefined
  /** Longest that a read of Redis takes, after which nothing hidden comes into memory any more. */
  readonly readTimeoutMs: number
  /** How long a process may not know of a purge; 0 for a process that is alone. */
  readonly unknownMs: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
}

const reportAttempts = 4
const reportAgainMs = 500
const waitForReportsMs = 10_000
const lookAgainMs = 100
const receiptsKept = 1_000
const recentMs = 60_000

interface OwnReceipt {
  readonly counters: ReadonlyMap<string, number>
  readonly erased: Record<string, number>
  isDone: boolean
}

export function createHardPurges(options: HardPurgeOptions): HardPurges {
  const { processName, memory, stores, erasureLog, log, wait } = options
  /** For receipts without a log: purges this process was asked for, and what it has erased from memory itself. */
  const own = new Map<string, OwnReceipt>()
  const erasing = new Set<Promise<void>>()

  async function eraseMemory(counter: string, value: number, attempts: number): Promise<void> {
    const scope = parseErasureCounter(counter)
    if (scope === undefined) return
    const sweep = (): number => memory.reduce((sum, each) => sum + each(scope), 0)
    let entries = sweep()
    // What was being read meanwhile under the old generation.
    await wait(options.readTimeoutMs)
    entries += sweep()
    for (const { counters, erased, isDone } of own.values()) {
      if (!isDone && counters.has(counter)) erased[placeOf(processName)] = entries
    }
    await report(counter, value, entries, attempts)
  }

  /** The counter may be heard of before the purge stands in the log. */
  async function report(
    counter: string,
    value: number,
    entries: number,
    attempts: number,
  ): Promise<void> {
    for (let attempt = 1; erasureLog !== undefined && attempt <= attempts; attempt += 1) {
      const isThere = await erasureLog.report(counter, value, entries).catch(() => false)
      if (isThere) return
      if (attempt < attempts) await wait(reportAgainMs)
    }
  }

  async function sweepRedis(scope: PurgeScope, into: Record<string, number>): Promise<void> {
    for (const [name, store] of stores) {
      into[name] = (into[name] ?? 0) + (await store.sweep(toSweepScope(scope)))
    }
  }

  /** Until every process knows of the purge: then none writes what it had under way. */
  async function untilKnown(id: string): Promise<void> {
    if (erasureLog === undefined) {
      await wait(options.unknownMs)
      await Promise.all(erasing)
      return
    }
    for (let waitedMs = 0; waitedMs < waitForReportsMs; waitedMs += lookAgainMs) {
      const record = await erasureLog.read(id).catch(() => undefined)
      if (record?.waitingFor.length === 0) return
      await wait(lookAgainMs)
    }
  }

  return {
    heard(counter, value, isNew) {
      if (parseErasureCounter(counter) === undefined) return
      // Raised counters are at least the time.
      if (isNew && value < options.now() - recentMs) return
      const erased = eraseMemory(counter, value, isNew ? 1 : reportAttempts)
        .catch((error: unknown) => {
          log.error('memory could not be erased', { counter, error: String(error) })
        })
        .finally(() => erasing.delete(erased))
      erasing.add(erased)
    },
    async erase(id, scope, counters) {
      const receipt: OwnReceipt = { counters, erased: {}, isDone: false }
      own.set(id, receipt)
      for (const oldest of own.keys()) if (own.size > receiptsKept) own.delete(oldest)
      const redis: Record<string, number> = {}
      await sweepRedis(scope, redis)
      await untilKnown(id)
      await sweepRedis(scope, redis)
      Object.assign(receipt.erased, redis)
      receipt.isDone = true
      await erasureLog?.finish(id, redis)
      log.info('hard purge done', { id, ...redis })
    },
    async receipt(id) {
      const kept = own.get(id)
      if (erasureLog === undefined || !/^\d+$/.test(id)) {
        if (!kept?.isDone) return undefined
        return { erased: kept.erased, coverage: 'thisProcess', waitingFor: [] }
      }
      const record = await erasureLog.read(id)
      if (record === undefined || record.redis === null) return undefined
      const { redis, memory: byProcess, waitingFor } = record
      const reported = Object.entries(byProcess).map(([name, count]) => [placeOf(name), count])
      return {
        erased: { ...redis, ...Object.fromEntries(reported) },
        coverage: waitingFor.length === 0 ? 'everyProcess' : 'someProcesses',
        waitingFor,
      }
    },
  }
}

function placeOf(process: string): string {
  return `memory of ${process}`
}
