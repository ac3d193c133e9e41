import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandomSource } from '../../../../tests/conformance/random/random-source.js'
import type { RecognitionEvent } from '../../domain/recognition-event.js'
import { periodKinds } from '../domain/reporting-period.js'
import { familyNames, rolledUpViews } from '../domain/statistics-family.js'
import {
  createStatisticsDatabase,
  type StatisticsDatabase,
} from '../statistics-database.fixture.js'
import { digestRollUps, forgetStatistics } from '../store/run-statistics.js'
import { drawEvents } from './random-events.fixture.js'
import {
  computeReference,
  type ReferenceFigures,
  type ReferenceViews,
} from './reference-statistics.fixture.js'

const datasets = 50
const groupSize = 5

let database: StatisticsDatabase
beforeAll(async () => {
  database = await createStatisticsDatabase()
})
afterAll(() => database?.drop())

const views: ReferenceViews = Object.fromEntries(
  familyNames.map((family) => [
    family,
    periodKinds.flatMap((kind) => rolledUpViews(family, kind).map((view) => ({ kind, view }))),
  ]),
)

// Groups, so that a busy machine runs out of time in none of them.
const groups = Array.from({ length: datasets / groupSize }, (_, group) => group * groupSize + 1)

test.each(groups)(
  `roll-ups equal a slow reference with late, repeated and corrected events, ${groupSize} datasets from seed %i`,
  { timeout: 180_000 },
  async (first) => {
    for (let seed = first; seed < first + groupSize; seed += 1) {
      const random = createRandomSource(seed * 7_919)
      await database.clear()
      const drafts = drawEvents(seed, 40 + random.below(120))
      const events: RecognitionEvent[] = []
      const cut = random.below(drafts.length)
      for (const part of [drafts.slice(0, cut), drafts.slice(cut)]) {
        events.push(...(await database.append(part)))
        // Read again what was read before: every event comes twice at times.
        if (random.chance(0.5)) await database.pool.query('update follower set position = 0')
        await database.catchUp({
          limit: 15 + random.below(200),
          learnersAtOnce: random.chance(0.5) ? 1_000 : 1 + random.below(4),
        })
      }
      const expected = computeReference(events, views)
      const figures = await readFigures(database)
      expect(differences(figures.cells, expected.cells), `seed ${seed}`).toEqual([])
      expect(differences(figures.durations, expected.durations), `seed ${seed}`).toEqual([])
      expect(expected.cells.size).toBeGreaterThan(100)
      if (seed % 5 === 0) await expectEqualRebuild(seed)
    }
  },
)

/** Entries that are not the same in both, so that a failure shows these and not thousands. */
function differences<Value>(
  actual: ReadonlyMap<string, Value>,
  expected: ReadonlyMap<string, Value>,
): readonly object[] {
  return [...new Set([...actual.keys(), ...expected.keys()])].flatMap((key) => {
    const [is, shouldBe] = [actual.get(key), expected.get(key)]
    return JSON.stringify(is) === JSON.stringify(shouldBe) ? [] : [{ key, is, shouldBe }]
  })
}

async function expectEqualRebuild(seed: number): Promise<void> {
  const before = await digestRollUps(database.pool)
  await forgetStatistics(database.pool)
  await database.catchUp()
  expect(await digestRollUps(database.pool), `rebuild of seed ${seed}`).toBe(before)
}

async function readFigures({ pool }: StatisticsDatabase): Promise<ReferenceFigures> {
  const cells = await pool.query(
    `select period_kind || ' ' || period_start::text || '|' || view || '|' || population || '|'
       || array_to_string(array_remove(array[code_1, code_2, code_3], ''), '/') as key, *
     from statistics_cell`,
  )
  const durations = await pool.query(
    `select period_kind || ' ' || period_start::text || '|' || view || '|' || measure || '|'
       || array_to_string(array_remove(array[code_1, code_2], ''), '/') || '|' || weeks as key, units
     from statistics_duration`,
  )
  return {
    cells: new Map(
      cells.rows.map((row) => [
        row.key,
        {
          persons: Number(row.persons),
          units: Number(row.units),
          boundedUnits: Number(row.bounded_units),
          ects: Number(row.ects),
          boundedEcts: Number(row.bounded_ects),
          squaredEcts: Number(row.squared_ects),
        },
      ]),
    ),
    durations: new Map(durations.rows.map((row) => [row.key, Number(row.units)])),
  }
}
