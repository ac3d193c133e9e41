import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { loadMemberRegister, type MemberRegister } from '../../../schema/index.js'
import { createTestDatabase } from '../../../tests/setup/test-database.js'
import type { RecognitionEvent } from '../domain/recognition-event.js'
import { loadReferenceData } from '../intake/load-reference-data.js'
import { seedSampleRules } from '../sample/seed-sample-records.js'
import { migrateAndSeed, openRecognitionDatabase } from '../store/recognition-database.js'
import { seedReferenceData } from '../store/reference-data.seeding.js'
import { openPool } from './store/open-pool.js'
import { type CatchUpOptions, catchUp, forgetStatistics } from './store/run-statistics.js'

/** A recognition database with the committed reference data, and an outbox to fill. */
export interface StatisticsDatabase {
  readonly pool: Pool
  readonly register: MemberRegister
  /** Appends events as they are and gives them back with their numbers. */
  append(events: readonly Omit<RecognitionEvent, 'sequence'>[]): Promise<RecognitionEvent[]>
  catchUp(options?: Partial<CatchUpOptions>): Promise<number>
  /** Empties the outbox and everything made of it. */
  clear(): Promise<void>
  drop(): Promise<void>
}

/** Makes the database on the test server; drop it in `afterAll`. */
export async function createStatisticsDatabase(): Promise<StatisticsDatabase> {
  const root = new URL('../../..', import.meta.url).pathname
  const register = loadMemberRegister(join(root, 'schema/register/members.json'))
  const jurisdictions = new Map(register.members.map((each) => [each.slug, each.jurisdiction]))
  const { data } = loadReferenceData(join(root, 'subgraphs/recognition/data'), jurisdictions)
  const database = await createTestDatabase()
  const databaseName = new URL(database.url).pathname.slice(1)
  const orm = await openRecognitionDatabase({ databaseUrl: database.url, databaseName })
  await migrateAndSeed(orm, async (em) => {
    await seedReferenceData(em, data)
    const now = new Date('2026-11-23T12:00:00Z')
    await seedSampleRules(em, { dataDirectory: join(root, 'subgraphs/recognition/data'), now })
  })
  await orm.close(true)
  const pool = openPool({ serverUrl: database.url, databaseName, connections: 4 })
  return {
    pool,
    register,
    append: async (events) => {
      const { rows } = await pool.query<{ sequence: string }>(insertStatement, [
        JSON.stringify(events),
      ])
      return events.map((event, index) => ({
        ...event,
        sequence: BigInt(rows[index]?.sequence ?? 0),
      }))
    },
    catchUp: (options = {}) =>
      catchUp(pool, {
        limit: 10_000,
        learnersAtOnce: 10_000,
        workMemoryMb: 16,
        random: randomBytes,
        now: () => new Date('2026-11-23T12:00:00Z'),
        ...options,
      }),
    clear: async () => {
      // Only a test may: the outbox is append-only.
      await pool.query('alter table outbox_event disable trigger outbox_event_append_only')
      await pool.query('delete from outbox_event')
      await pool.query('alter table outbox_event enable trigger outbox_event_append_only')
      await forgetStatistics(pool)
      for (const table of releaseTables) {
        await pool.query(`alter table ${table} disable trigger all`)
      }
      await pool.query(`truncate ${releaseTables.join(', ')}, statistics_unreleased`)
      for (const table of releaseTables) await pool.query(`alter table ${table} enable trigger all`)
      await pool.query('update statistics_state set is_rebuilding = false')
    },
    drop: async () => {
      await pool.end()
      await database.drop()
    },
  }
}

const releaseTables = [
  'statistics_release',
  'statistics_released_cell',
  'statistics_released_duration',
  'statistics_released_view',
]

const insertStatement = `
  insert into outbox_event
    (id, kind, occurred_on, recorded_at, learner_id, home_member, corrects, fact)
  select event->>'id', event->'fact'->>'kind', (event->>'occurredOn')::date,
    (event->>'recordedAt')::timestamptz, event->>'learnerId', event->>'homeMember',
    event->>'corrects', event->'fact'
  from jsonb_array_elements($1::jsonb) with ordinality as list(event, place)
  order by place
  returning sequence::text`
