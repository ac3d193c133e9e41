import { afterAll, beforeAll, expect, it } from 'vitest'
import { periodKinds, toPeriod } from '../domain/reporting-period.js'
import { familyNames, rolledUpViews, viewName } from '../domain/statistics-family.js'
import { drawEvents } from '../reference/random-events.fixture.js'
import {
  createStatisticsDatabase,
  type StatisticsDatabase,
} from '../statistics-database.fixture.js'
import { cellsOf } from './contribution-statements.js'
import { readCells } from './read-cells.js'
import { readReleases } from './releases.js'

let database: StatisticsDatabase
beforeAll(async () => {
  database = await createStatisticsDatabase()
  await database.append(drawEvents(77, 400))
  await database.catchUp()
}, 60_000)
afterAll(() => database?.drop())

const columns = `period_start::text, period_kind, view, population, code_1, code_2, code_3,
  persons::text, units::text, bounded_units::text, ects::text, bounded_ects::text, squared_ects::text`

it.each(familyNames)(
  'counts %s when asked exactly as the roll-up does, over every breakdown that is kept ready',
  async (family) => {
    let compared = 0
    for (const kind of periodKinds) {
      for (const view of rolledUpViews(family, kind)) {
        const from = `statistics_${family}`
        const counted = await database.pool.query(
          `select ${columns} from (${cellsOf({ family, view, kind, from })}) cell order by 1, 4, 5, 6, 7`,
        )
        const kept = await database.pool.query(
          `select ${columns} from statistics_cell
           where period_kind = $1 and view = $2 and population like $3 || '.%' order by 1, 4, 5, 6, 7`,
          [kind, viewName(view), family],
        )
        expect(counted.rows).toEqual(kept.rows)
        compared += kept.rows.length
      }
    }
    expect(compared).toBeGreaterThan(10)
  },
)

it('stops counting at the end of its time budget, keeps nothing of it, and counts the next time', async () => {
  const { pool } = database
  const [release] = await readReleases(pool, toPeriod('YEAR', 2023, 1), new Date('2026-11-23'))
  const view = ['homeMember', 'awardingMember', 'eqfLevel'] as const
  const request = { family: 'award', view, release, filter: {} } as const
  const holder = await pool.connect()
  try {
    await holder.query('begin')
    await holder.query('lock table statistics_award in access exclusive mode')
    await expect(readCells(pool, request, 200)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' })
    const { rows } = await pool.query('select from statistics_released_view')
    expect(rows).toEqual([])
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  const counted = await readCells(pool, request, 5_000)
  expect(counted.size).toBeGreaterThan(3)
  // From then on it belongs to the release, whatever comes.
  await database.append(
    drawEvents(78, 50).map((event) => ({ ...event, id: `more-${event.id}`, corrects: null })),
  )
  await database.catchUp()
  expect(await readCells(pool, request, 5_000)).toEqual(counted)
})
