import { randomBytes } from 'node:crypto'
import type { MemberRegister } from '../../../../schema/index.js'
import { loadReferenceData } from '../../intake/load-reference-data.js'
import { seedSampleRules } from '../../sample/seed-sample-records.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  recognitionDatabaseName,
} from '../../store/recognition-database.js'
import { seedReferenceData } from '../../store/reference-data.seeding.js'
import { openPool } from '../store/open-pool.js'
import { type CatchUpProgress, catchUp, defaultCatchUp } from '../store/run-statistics.js'
import { writeSyntheticEvents } from './write-synthetic-events.js'

export interface GenerateOptions {
  /** URL of the Postgres server; the recognition database in it is created when missing. */
  readonly databaseUrl: string
  /** Default `hub_recognition`. */
  readonly databaseName?: string
  readonly register: MemberRegister
  /** Directory of the reference data. */
  readonly dataDirectory: string
  readonly learners: number
  readonly seed: number
  /** ISO date of the first enrolment, and days over which enrolments are spread. */
  readonly startsOn: string
  readonly days: number
  /** Whether to roll the events up, too. */
  readonly rollUp: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: GenerateProgress) => void
}

export type GenerateProgress =
  | { readonly step: 'generating'; readonly done: number; readonly upTo: string }
  | CatchUpProgress

export interface GenerateReport {
  readonly learners: number
  readonly seed: number
  readonly events: number
  /** False as well when rolling up was broken off: whoever follows the outbox takes it up. */
  readonly rolledUp: boolean
}

/**
 * Fills the outbox of a recognition database with synthetic histories, and rolls them up.
 *
 * @throws HubError `DATABASE_UNAVAILABLE`, `REFERENCE_DATA_INVALID`; a database error when the same seed is there already
 * (ids of events are unique).
 */
export async function generateHistories(options: GenerateOptions): Promise<GenerateReport> {
  const { register, databaseName = recognitionDatabaseName, learners, seed, onProgress } = options
  const jurisdictions = new Map(register.members.map((each) => [each.slug, each.jurisdiction]))
  const { data } = loadReferenceData(options.dataDirectory, jurisdictions)
  const orm = await openRecognitionDatabase({ databaseUrl: options.databaseUrl, databaseName })
  try {
    await migrateAndSeed(orm, async (em) => {
      await seedReferenceData(em, data)
      await seedSampleRules(em, { dataDirectory: options.dataDirectory, now: new Date() })
    })
  } finally {
    await orm.close(true)
  }
  const pool = openPool({ serverUrl: options.databaseUrl, databaseName, connections: 2 })
  const stop = options.signal ? { signal: options.signal } : {}
  try {
    const events = await writeSyntheticEvents(pool, {
      learners,
      seed,
      startsOn: options.startsOn,
      days: options.days,
      onProgress: (done, upTo) => onProgress?.({ step: 'generating', done, upTo }),
      ...stop,
    })
    if (options.rollUp) {
      const tell = onProgress ? { onProgress } : {}
      await catchUp(pool, {
        ...defaultCatchUp,
        random: randomBytes,
        now: () => new Date(),
        ...stop,
        ...tell,
      })
    }
    const rolledUp = options.rollUp && !options.signal?.aborted
    return { learners, seed, events, rolledUp }
  } finally {
    await pool.end()
  }
}
