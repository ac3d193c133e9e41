import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LearnerId } from '../../../../schema/index.js'
import { toPeriod } from '../domain/reporting-period.js'
import type { DraftEvent } from '../reference/random-events.fixture.js'
import {
  createStatisticsDatabase,
  type StatisticsDatabase,
} from '../statistics-database.fixture.js'
import { readCells } from './read-cells.js'
import { readReleases } from './releases.js'
import { digestRollUps, forgetStatistics } from './run-statistics.js'

const year = toPeriod('YEAR', 2024, 1)
const quarter = toPeriod('QUARTER', 2024, 1)
const other = toPeriod('QUARTER', 2024, 3)
const now = new Date('2026-11-23T12:00:00Z')

let database: StatisticsDatabase
beforeAll(async () => {
  database = await createStatisticsDatabase()
}, 60_000)
afterAll(() => database?.drop())
beforeEach(() => database.clear())

/** Enrolments of learners with these numbers, in September. */
const enrolments = (from: number, count: number): DraftEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `enrolled-${from + index}`,
    occurredOn: '2024-09-10',
    recordedAt: '2026-11-20T08:00:00Z',
    learnerId: `alliance:learner:${from + index}` as LearnerId,
    homeMember: 'dcu',
    corrects: null,
    fact: {
      kind: 'pathway.enrolled',
      pathwayId: 'alliance:pathway:circular-manufacturing',
    } as DraftEvent['fact'],
  }))
const add = async (from: number, count: number) => {
  await database.append(enrolments(from, count))
  await database.catchUp()
}
const latest = async (period = year) => (await readReleases(database.pool, period, now))[0]
const startedIn = async (view: readonly ('pathway' | 'homeMember')[] = [], period = year) => {
  const release = await latest(period)
  const request = { family: 'journey', view, release, filter: {} } as const
  const cells = await readCells(database.pool, request, 5_000)
  const [cell] = cells.values()
  return cell?.get('journey.started')?.persons ?? 0
}

describe('a release of a period', { timeout: 60_000 }, () => {
  it('stays as it is while fewer than 25 learners changed, whoever asks and however often', async () => {
    await add(0, 40)
    expect(await startedIn()).toBe(40)
    for (let late = 0; late < 24; late += 8) {
      await add(1_000 + late, 8)
      expect(await startedIn()).toBe(40)
    }
    expect((await latest()).number).toBe(1)
    const { rows } = await database.pool.query(
      `select persons::integer from statistics_cell
       where view = 'total' and population = 'journey.started' and period_kind = 'YEAR'`,
    )
    expect(rows).toEqual([{ persons: 64 }])
  })

  it('is followed by another one once 25 learners changed, of the periods they changed in', async () => {
    await add(0, 40)
    const before = [await latest(year), await latest(quarter), await latest(other)]
    await add(1_000, 25)
    const after = [await latest(year), await latest(quarter), await latest(other)]
    expect(before.map(({ number }) => number)).toEqual([1, 1, 1])
    expect(after.map(({ number }) => number)).toEqual([2, 2, 1])
    expect(await startedIn()).toBe(65)
    expect(after[0]?.asOf).toBe('2026-11-20')
    // The first one is what it was.
    const releases = await readReleases(database.pool, year, now)
    const request = { family: 'journey', view: [], filter: {} } as const
    const cells = releases.map(
      async (release) =>
        (await readCells(database.pool, { ...request, release }, 5_000))
          .get('')
          ?.get('journey.started')?.persons,
    )
    expect(await Promise.all(cells)).toEqual([65, 40])
  })

  it('takes one learner for one, however many of their events come', async () => {
    await add(0, 40)
    await latest()
    for (let turn = 0; turn < 3; turn += 1) {
      const events = enrolments(2_000, 12).map((event, index) => ({
        ...event,
        id: `again-${turn}-${index}`,
        fact: { ...event.fact, pathwayId: `alliance:pathway:p${turn}` } as DraftEvent['fact'],
      }))
      await database.append(events)
      await database.catchUp()
    }
    expect((await latest()).number).toBe(1)
  })

  it('is not touched by learners whose figures are the same as before', async () => {
    await add(0, 40)
    await latest()
    const again = enrolments(0, 40).map((event) => ({ ...event, id: `${event.id}-again` }))
    await database.append(again)
    await database.catchUp()
    expect((await latest()).number).toBe(1)
    const { rows } = await database.pool.query('select * from statistics_unreleased')
    expect(rows).toEqual([])
  })

  it('is the latest one still when all figures are made anew, and a late event alone is not let out by that', async () => {
    await add(0, 40)
    await latest()
    await add(1_000, 1)
    const digest = await digestRollUps(database.pool)
    await forgetStatistics(database.pool)
    await expect(
      readReleases(database.pool, toPeriod('MONTH', 2024, 2), now),
    ).rejects.toMatchObject({
      code: 'PERIOD_NOT_PUBLISHED',
    })
    await database.catchUp({ limit: 7 })
    expect(await digestRollUps(database.pool)).toBe(digest)
    expect((await latest()).number).toBe(1)
    expect(await startedIn()).toBe(40)
  })

  it('is not made before all figures have been made once', async () => {
    await database.append(enrolments(0, 40))
    const stopping = new AbortController()
    const onProgress = () => stopping.abort()
    await database.catchUp({ signal: stopping.signal, onProgress })
    await expect(latest()).rejects.toMatchObject({ code: 'PERIOD_NOT_PUBLISHED' })
    await database.catchUp()
    expect((await latest()).number).toBe(1)
    expect(await startedIn()).toBe(40)
  })

  it('is not kept of a reporting year in which nothing was ever recorded', async () => {
    const release = await latest(toPeriod('YEAR', 1999, 1))
    expect(release).toMatchObject({ id: null, number: 0, asOf: null })
    const request = { family: 'journey', view: [], release, filter: {} } as const
    expect(await readCells(database.pool, request, 5_000)).toEqual(new Map())
    const { rows } = await database.pool.query('select * from statistics_release')
    expect(rows).toEqual([])
  })

  it('cannot be changed or taken back in the database', async () => {
    await add(0, 40)
    await latest()
    for (const table of ['statistics_release', 'statistics_released_cell']) {
      await expect(database.pool.query(`delete from ${table}`)).rejects.toThrow('append-only')
    }
  })
})
