import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createStatisticsDatabase,
  type StatisticsDatabase,
} from '../statistics-database.fixture.js'
import { writeSyntheticEvents } from './write-synthetic-events.js'

const options = { learners: 200, seed: 7, startsOn: '2024-08-01', days: 300 }

let database: StatisticsDatabase
beforeAll(async () => {
  database = await createStatisticsDatabase()
}, 60_000)
afterAll(() => database?.drop())

/** Everything that was written, as Postgres prints it. */
const write = async (changes: Partial<typeof options> = {}): Promise<string> => {
  await database.clear()
  await writeSyntheticEvents(database.pool, { ...options, ...changes })
  const { rows } = await database.pool.query(
    `select id, kind, occurred_on::text, recorded_at::text, learner_id, home_member, corrects,
       fact::text from outbox_event order by sequence`,
  )
  return JSON.stringify(rows)
}

it('writes the same bytes for the same seed, and others for another', {
  timeout: 60_000,
}, async () => {
  const first = await write()
  expect(await write()).toBe(first)
  expect(await write({ seed: 8 })).not.toBe(first)
})

it('writes histories with every kind of fact, late and corrected ones, in the order of recording', async () => {
  await write({ learners: 1_500 })
  const { rows } = await database.pool.query(
    `select count(distinct kind)::integer as kinds, count(corrects)::integer as corrections,
       count(*) filter (where recorded_at::date - occurred_on > 14)::integer as late,
       bool_and(recorded_at >= before) as is_ordered
     from (select *, lag(recorded_at, 1, recorded_at) over (order by sequence) as before
       from outbox_event) event`,
  )
  expect(rows[0]).toMatchObject({ is_ordered: true })
  expect(rows[0].kinds).toBeGreaterThan(10)
  expect(rows[0].corrections).toBeGreaterThan(20)
  expect(rows[0].late).toBeGreaterThan(100)
})

it('names stacked credentials that are published', async () => {
  await write()
  const { rows } = await database.pool.query(
    `select count(distinct fact->>'stackedCredentialId')::integer as named,
       count(distinct s.id)::integer as published
     from outbox_event left join stacked_credential s on s.id = fact->>'stackedCredentialId'
     where kind like 'stack.%'`,
  )
  expect(rows[0].named).toBeGreaterThan(0)
  expect(rows[0].published).toBe(rows[0].named)
})

it('leaves nothing behind when it is broken off while writing', async () => {
  await database.clear()
  const stopping = new AbortController()
  const writing = writeSyntheticEvents(database.pool, {
    ...options,
    learners: 20_000,
    signal: stopping.signal,
    onProgress: () => stopping.abort(new Error('broken off')),
  })
  await expect(writing).rejects.toThrow()
  const { rows } = await database.pool.query('select count(*)::integer as events from outbox_event')
  expect(rows).toEqual([{ events: 0 }])
})
