import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analystPolicy } from '../domain/disclosure-policy.js'
import type { PublishedCodes } from '../domain/published-codes.js'
import type { Population } from '../domain/statistics-family.js'
import {
  createStatisticsDatabase,
  type StatisticsDatabase,
} from '../statistics-database.fixture.js'
import { readPublishedCodes } from '../store/read-published-codes.js'
import { toStatements } from '../store/statistics-connection.js'
import { writeSyntheticEvents } from '../synthetic/write-synthetic-events.js'
import {
  type ExactTable,
  type KnownCell,
  publishTables,
  readTables,
} from './attack-knowledge.fixture.js'
import { deduce, listRelations, type Relation } from './attack-relations.fixture.js'
import { plantedEvents } from './planted-persons.fixture.js'

const reportingYear = 2024
/** Secrets under which the same data are published and attacked. */
const secrets = 8

let database: StatisticsDatabase
let codes: PublishedCodes
const tables = new Map<Population, readonly ExactTable[]>()
const relations = new Map<Population, readonly Relation[]>()

beforeAll(async () => {
  database = await createStatisticsDatabase()
  await writeSyntheticEvents(database.pool, {
    learners: 1_200,
    seed: 11,
    startsOn: '2024-08-01',
    days: 330,
  })
  await database.append(plantedEvents())
  await database.catchUp()
  codes = await readPublishedCodes(toStatements(database.pool), database.register)
  for (const [population, family] of [
    ['award.valid', 'award'],
    ['journey.started', 'journey'],
    ['request.made', 'request'],
  ] as const) {
    const read = await readTables(database.pool, codes, family, reportingYear)
    tables.set(population, read)
    relations.set(population, listRelations(read, codes))
  }
}, 180_000)
afterAll(() => database?.drop())

interface Campaign {
  readonly attacks: number
  /** Attacks after which the attacker is sure that somebody is in a cell of one or two, or knows the number. */
  readonly recovered: readonly string[]
}

/** Attacks every cell of one or two persons, planted or not, with every relation it is part of, one secret after another. */
function attack(policy: typeof analystPolicy, sweeps: number, seeds: number): Campaign {
  let attacks = 0
  const recovered: string[] = []
  for (const [population, read] of tables) {
    const own = relations.get(population) ?? []
    const perCell = countRelations(own)
    for (let seed = 0; seed < seeds; seed += 1) {
      const known = publishTables(read, codes, population, policy, seed)
      deduce(known, own, sweeps)
      for (const cell of known.values()) {
        if (cell.truth < 1 || cell.truth > 2) continue
        attacks += perCell.get(cell.name) ?? 0
        if (isRecovered(cell)) recovered.push(`${population} ${cell.name} seed ${seed}`)
      }
    }
  }
  return { attacks, recovered }
}

/** Published alone, such a cell says 0, 1 or 2 at the least. Less than that, or that it is not empty, is a success. */
function isRecovered({ low, high }: KnownCell): boolean {
  return low > 0 || high - low < 2
}

function countRelations(own: readonly Relation[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { whole, parts } of own) {
    for (const name of [whole, ...parts]) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

describe('attackers who know the policy and every published table', { timeout: 120_000 }, () => {
  it('recover nobody by differences, trackers, marginals and period shifts, one relation at a time', () => {
    const { attacks, recovered } = attack(analystPolicy, 1, secrets)
    expect(attacks).toBeGreaterThan(10_000)
    expect(recovered).toEqual([])
  })

  it('recover nobody by combining everything until nothing more follows', () => {
    const { attacks, recovered } = attack(analystPolicy, 6, 4)
    expect(attacks).toBeGreaterThan(3_000)
    expect(recovered).toEqual([])
  })

  it('would recover somebody from rounding alone: the attacks are worth something', () => {
    const { recovered } = attack({ ...analystPolicy, perturbation: 0 }, 3, 1)
    expect(recovered.length).toBeGreaterThan(0)
  })

  it('are never contradicted: what they deduce always holds the truth', () => {
    for (const [population, read] of tables) {
      const known = publishTables(read, codes, population, analystPolicy, 99)
      deduce(known, relations.get(population) ?? [], 4)
      const wrong = [...known.values()].filter(
        ({ low, high, truth }) => truth < low || truth > high,
      )
      expect(wrong).toEqual([])
    }
  })
})

describe('utility', { timeout: 60_000 }, () => {
  it('is kept: cells of ten and more are shown, with a small relative error', () => {
    let [cells, shownCells, persons, error] = [0, 0, 0, 0]
    for (const [population, read] of tables) {
      for (const cell of publishTables(read, codes, population, analystPolicy, 1).values()) {
        if (cell.truth === 0) continue
        cells += 1
        if (cell.published > 0) shownCells += 1
        if (cell.truth < 10) continue
        persons += 1
        error += Math.abs(cell.published - cell.truth) / cell.truth
      }
    }
    const report = {
      cellsWithSomebody: cells,
      shownAsMoreThanZero: shownCells / cells,
      meanRelativeErrorFrom10: error / persons,
    }
    console.info('utility', JSON.stringify(report))
    expect(report.shownAsMoreThanZero).toBeGreaterThan(0.2)
    expect(report.meanRelativeErrorFrom10).toBeLessThan(0.15)
  })
})
