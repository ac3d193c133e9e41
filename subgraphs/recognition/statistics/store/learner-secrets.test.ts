import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawEvents } from '../reference/random-events.fixture.js'
import {
  createStatisticsDatabase,
  type StatisticsDatabase,
} from '../statistics-database.fixture.js'
import { destroySecretsBefore } from './key-secrets.js'
import { digestRollUps } from './run-statistics.js'
import { toStatements } from './statistics-connection.js'

let database: StatisticsDatabase
beforeAll(async () => {
  database = await createStatisticsDatabase()
}, 60_000)
afterAll(() => database?.drop())

const rowsOf = async (sql: string) => (await database.pool.query(sql)).rows

it('keeps the figures of a year whose secret is destroyed, and can key no further event of it', {
  timeout: 60_000,
}, async () => {
  const { pool } = database
  const statements = toStatements(pool)
  const drafts = drawEvents(4, 200)
  await database.append(drafts)
  await database.catchUp()
  const before = await digestRollUps(pool)
  const facts = await rowsOf('select count(*)::integer as facts from statistics_fact')
  const years = await rowsOf(
    `select reporting_year from statistics_secret where purpose = 'learner' order by 1`,
  )
  expect(years).toEqual([{ reporting_year: 2023 }, { reporting_year: 2024 }])

  expect(await destroySecretsBefore(statements, 2024, '2026-11-23')).toEqual([2023])
  expect(await destroySecretsBefore(statements, 2024, '2026-11-24')).toEqual([])
  expect(
    await rowsOf(
      `select secret_destroyed_on::text from statistics_reporting_year where reporting_year = 2023`,
    ),
  ).toEqual([{ secret_destroyed_on: '2026-11-23' }])

  const [draft] = drafts
  if (!draft) throw new RangeError('no event was drawn')
  const late = { ...draft, id: 'late', occurredOn: '2024-05-02', corrects: null }
  await database.append([late])
  await database.catchUp()
  expect(await digestRollUps(pool)).toBe(before)
  expect(await rowsOf('select count(*)::integer as facts from statistics_fact')).toEqual(facts)
  expect(await rowsOf('select reporting_year, events::integer from statistics_unkeyed')).toEqual([
    { reporting_year: 2023, events: 1 },
  ])
  // None is made again: the year stays in the list of those that were seen.
  expect(await rowsOf('select from statistics_secret where reporting_year = 2023')).toEqual([])
})

it('gives a learner one key in a reporting year and another one in the next', async () => {
  const [draft] = drawEvents(4, 200)
  if (!draft) throw new RangeError('no event was drawn')
  const learnerId = 'alliance:learner:learner-of-two-years' as typeof draft.learnerId
  const days = ['2024-09-02', '2025-03-02', '2025-09-02']
  await database.append(
    days.map((occurredOn, index) => ({
      ...draft,
      id: `two-years-${index}`,
      learnerId,
      occurredOn,
      corrects: null,
      fact: {
        kind: 'pathway.enrolled',
        pathwayId: `alliance:pathway:y${index}`,
      } as typeof draft.fact,
    })),
  )
  await database.catchUp()
  const keys = await rowsOf(
    `select reporting_year, learner_key from statistics_fact
     where reference like 'alliance:pathway:y%' order by occurred_on`,
  )
  expect(keys.map((row) => row.reporting_year)).toEqual([2024, 2024, 2025])
  expect(keys[0].learner_key).toBe(keys[1].learner_key)
  expect(keys[2].learner_key).not.toBe(keys[0].learner_key)
})

it('keeps cells by month and facts by reporting year', async () => {
  const partitions = await rowsOf(
    `select inhparent::regclass::text as parent, count(*)::integer as partitions
     from pg_inherits where inhrelid::regclass::text like any(
       array['statistics_cell_2024_%', 'statistics_cell_2025_%', 'statistics_fact_2024'])
       and inhrelid::regclass::text !~ '(key|idx)$'
     group by 1 order by 1`,
  )
  expect(partitions).toEqual([
    { parent: 'statistics_cell', partitions: expect.any(Number) },
    { parent: 'statistics_fact', partitions: 1 },
  ])
  // August 2024 to December 2025 at the least: two calendar years of months.
  expect(partitions[0].partitions).toBeGreaterThanOrEqual(17)
})

it('has no learner, name or event id in any table of statistics', async () => {
  const tables = await rowsOf(
    `select table_name from information_schema.tables
     where table_schema = 'public' and table_name like 'statistics\\_%' and table_type = 'BASE TABLE'`,
  )
  expect(tables.length).toBeGreaterThan(20)
  for (const { table_name: table } of tables) {
    const text = JSON.stringify(await rowsOf(`select * from ${table}`))
    expect(text, table).not.toMatch(/alliance:learner:|learner-\d|"e\d+"/)
  }
})
