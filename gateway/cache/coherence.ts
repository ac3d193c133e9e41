import type { Logger } from '../../infra/runtime/index.js'
import type { GenerationSource, Generations } from './generations.js'
import type { PurgeLog } from './purge-log.js'

/** Keeps what this process knows of generations up to date, whatever messages are lost. */
export interface Coherence {
  /**
   * Whether generations have been confirmed lately. When not, what is kept in memory may be older than a purge: it must
   * not be served.
   */
  isTrusted(): boolean
  /** Reads everything again: after a connection was lost. Joins one that is under way. */
  resync(): Promise<void>
  start(): void
  stop(): void
}

export interface CoherenceOptions {
  readonly generations: Generations
  /** Undefined: this process is alone and always right. */
  readonly source: GenerationSource | undefined
  readonly purgeLog: PurgeLog | undefined
  /** Called whenever the log has been read. */
  readonly onLogRead?: () => void
  /** How often purge log and counters are read without any message. Default 4000 ms: a lost message is over in 5 s. */
  readonly pollMs?: number
  /** How long memory may be served without confirmation. Default 30000 ms. */
  readonly graceMs?: number
  readonly log: Logger
  /** Milliseconds of a steady clock. */
  readonly now: () => number
  /** Milliseconds since 1970. */
  readonly wallNow: () => number
}

export function createCoherence(options: CoherenceOptions): Coherence {
  const { generations, source, purgeLog, now, wallNow, log } = options
  const { pollMs = 4_000, graceMs = 30_000 } = options
  let confirmedAt = now()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let hasReadLog = false

  /** @returns Whether the log could be read. */
  async function readLog(): Promise<boolean> {
    if (purgeLog === undefined) return false
    try {
      // After the first time only what is new, with room for transactions that were slow to commit.
      const withinSeconds = hasReadLog ? Math.ceil((now() - confirmedAt) / 1_000) + 60 : undefined
      generations.learn(await purgeLog.readGenerations(withinSeconds))
      hasReadLog = true
      options.onLogRead?.()
      return true
    } catch {
      return false
    }
  }

  /** @param hasLog - Whether what is known now includes every purge there was. */
  async function readSource(hasLog: boolean): Promise<boolean> {
    if (source === undefined) return false
    const known = generations.known()
    const names = generations.names()
    if (names.length === 0) return true
    try {
      const read = await source.read(names, known, wallNow())
      generations.learn(read.generations)
      if (read.isComplete || hasLog) return true
      // Redis has lost purges, perhaps also some that this process never heard of.
      log.warn('Redis has lost cache generations; everything kept so far is dropped')
      generations.learn(await source.raise(names, known, wallNow()))
      return true
    } catch {
      return false
    }
  }

  async function readAll(): Promise<void> {
    const startedAt = now()
    // The log first: it knows what Redis may have lost.
    const hasLog = await readLog()
    const hasSource = await readSource(hasLog)
    if (hasLog || hasSource) confirmedAt = startedAt
  }

  function resync(): Promise<void> {
    running ??= readAll().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    resync,
    isTrusted: () => source === undefined || now() - confirmedAt <= graceMs,
    start() {
      if (source === undefined && purgeLog === undefined) return
      timer = setInterval(() => void resync(), pollMs)
      timer.unref()
      void resync()
    },
    stop() {
      clearInterval(timer)
    },
  }
}
