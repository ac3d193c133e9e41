import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '../../../infra/runtime/index.js'
import type { MemberRegister } from '../../../schema/index.js'
import type { DisclosurePolicy } from './domain/disclosure-policy.js'
import { reportingYearOf } from './domain/reporting-period.js'
import { createStatisticsService, type StatisticsService } from './statistics-service.js'
import { destroySecretsBefore } from './store/key-secrets.js'
import { openPool } from './store/open-pool.js'
import { catchUp, defaultCatchUp } from './store/run-statistics.js'
import { toStatements } from './store/statistics-connection.js'

export interface StatisticsOptions {
  /** URL of the Postgres server; its path is replaced by `databaseName`. */
  readonly databaseUrl: string
  readonly databaseName: string
  readonly register: MemberRegister
  readonly now: () => Date
  readonly log: Logger
  /** Default: the same rounding as analysts get. */
  readonly openPolicy?: DisclosurePolicy
  /** Pause between two roll-ups, in ms: figures are this old at most. Null for none: somebody else calls `catchUp`. */
  readonly everyMs: number | null
}

/** Running statistics: the way in, and the end. */
export interface RunningStatistics {
  readonly service: StatisticsService
  /** Ends the roll-up between two transactions and closes the connections. */
  stop(): Promise<void>
}

/** Reporting years whose facts can still be keyed: the longest pathway with a year of grace (ADR 0021). */
const keyedYears = 6

/** How long a start waits for figures: a small hub has them from its first answer, a large one begins without. */
const patienceMs = 3_000

/** Opens connections of its own, so that a long roll-up holds back nobody's request, and follows the outbox. */
export async function startStatistics(options: StatisticsOptions): Promise<RunningStatistics> {
  const { register, now, log, everyMs } = options
  const pool = openPool({
    serverUrl: options.databaseUrl,
    databaseName: options.databaseName,
    connections: 6,
    onBroken: () => log.warn('a connection of statistics broke'),
  })
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const rollUp = async (pauseMs: number): Promise<void> => {
    try {
      const options = { ...defaultCatchUp, random: randomBytes, now, signal: stopping.signal }
      const events = await catchUp(pool, options)
      if (events > 0) log.info('statistics rolled up', { events })
      const today = now().toISOString().slice(0, 10)
      const firstKept = reportingYearOf(today) - keyedYears
      const destroyed = await destroySecretsBefore(toStatements(pool), firstKept, today)
      if (destroyed.length > 0) log.info('secrets of old years destroyed', { years: destroyed })
    } catch (error) {
      if (!stopping.signal.aborted) {
        log.error('statistics were not rolled up', { error: describe(error) })
      }
    }
    if (!stopping.signal.aborted) {
      timer = setTimeout(() => {
        running = rollUp(pauseMs)
      }, pauseMs)
    }
  }
  try {
    const { openPolicy } = options
    const service = await createStatisticsService({
      pool,
      register,
      now,
      random: randomBytes,
      ...(openPolicy ? { openPolicy } : {}),
    })
    if (everyMs !== null) {
      running = rollUp(everyMs)
      await Promise.race([running, pause(patienceMs, undefined, { ref: false })])
    }
    return {
      service,
      stop: async () => {
        stopping.abort()
        clearTimeout(timer)
        await running
        await pool.end()
      },
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

/** A driver's message may hold values; its code says enough. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name
}
