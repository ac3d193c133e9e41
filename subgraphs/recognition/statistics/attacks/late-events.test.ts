import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LearnerId } from '../../../../schema/index.js'
import { analystPolicy } from '../domain/disclosure-policy.js'
import type { PublishedCodes } from '../domain/published-codes.js'
import { fewestChangedLearners } from '../domain/release.js'
import type { DraftEvent } from '../reference/random-events.fixture.js'
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
import { deduce, listRelations } from './attack-relations.fixture.js'

const reportingYear = 2024
const secrets = 6
/** Persons whose late award an attacker waits for, each alone in some of the cells it adds to. */
const targets = 6

let database: StatisticsDatabase
let codes: PublishedCodes
let before: readonly ExactTable[]
beforeAll(async () => {
  database = await createStatisticsDatabase()
  const span = { startsOn: '2024-08-01', days: 330 }
  await writeSyntheticEvents(database.pool, { learners: 500, seed: 21, ...span })
  await database.catchUp()
  codes = await readPublishedCodes(toStatements(database.pool), database.register)
  before = await readAll()
}, 180_000)
afterAll(() => database?.drop())

const readAll = () => readTables(database.pool, codes, 'award', reportingYear)
const publish = (tables: readonly ExactTable[], seed: number) =>
  publishTables(tables, codes, 'award.valid', analystPolicy, seed)

const homes = ['dcu', 'liu', 'uis', 'ktu', 'lodz', 'aveiro']
const levels = [8, 7, 6, 5, 8, 7]
/** Where the others come from: not from where any target does. */
const elsewhere = homes.length

/** One award in September; by its index, of another home and level. */
function lateAward(name: string, index: number): DraftEvent {
  const fact = {
    kind: 'award.made',
    awardId: `dcu:award:${name}`,
    microCredentialId: 'alliance:microcredential:late',
    opportunityId: 'dcu:opportunity:late',
    awardingMember: 'dcu',
    jurisdictionCode: 'IE',
    ects: '6',
    eqfLevel: levels[index] ?? 4,
    iscedF: ['0831'],
    skills: [],
    supersededBy: null,
  }
  return {
    id: `late-${name}`,
    occurredOn: '2024-09-15',
    recordedAt: '2026-11-20T08:00:00Z',
    learnerId: `alliance:learner:${name}` as LearnerId,
    homeMember: homes[index] ?? 'utwente',
    corrects: null,
    fact: fact as unknown as DraftEvent['fact'],
  }
}

/** What somebody who kept the older figures knows of how many more there are now. */
interface KnownChange {
  readonly name: string
  readonly truth: number
  readonly atLeast: number
  readonly atMost: number
}

function listChanges(
  older: ReadonlyMap<string, KnownCell>,
  newer: ReadonlyMap<string, KnownCell>,
): readonly KnownChange[] {
  return [...newer.values()].flatMap((now) => {
    const then = older.get(now.name)
    if (!then || now.truth === then.truth) return []
    const { name, truth, low, high } = now
    return [{ name, truth: truth - then.truth, atLeast: low - then.high, atMost: high - then.low }]
  })
}

/** Whether it is certain that somebody came, or how many, though fewer than the base did. */
function isRecovered({ truth, atLeast, atMost }: KnownChange): boolean {
  return truth < analystPolicy.roundingBase && (atLeast > 0 || atMost - atLeast < 2)
}

describe('attackers who keep every figure and wait for one person', { timeout: 120_000 }, () => {
  let attacks = 0

  it('see nothing at all move when that person’s event comes', async () => {
    const known = publish(before, 1)
    for (let target = 0; target < targets; target += 1) {
      await database.append([lateAward(`target-${target}`, target)])
      await database.catchUp()
      const now = publish(await readAll(), 1)
      for (const cell of now.values()) {
        attacks += 1
        if (known.get(cell.name)?.published !== cell.published) expect.fail(cell.name)
      }
    }
    expect(attacks).toBeGreaterThan(10_000)
  })

  it('cannot tell from two releases whether that person is among those who came', async () => {
    const others = Array.from({ length: fewestChangedLearners }, (_, index) =>
      lateAward(`other-${index}`, elsewhere),
    )
    await database.append(others)
    await database.catchUp()
    const after = await readAll()
    expect(after.filter(({ release }) => release.number === 2).length).toBeGreaterThan(20)
    let changes = 0
    for (let seed = 0; seed < secrets; seed += 1) {
      const known = listChanges(publish(before, seed), publish(after, seed))
      changes += known.length
      expect(known.filter(isRecovered)).toEqual([])
    }
    expect(changes).toBeGreaterThan(500)
  })

  it('cannot tell either by combining everything within each release first', async () => {
    const after = await readAll()
    const relations = listRelations(after, codes)
    const [older, newer] = [publish(before, 3), publish(after, 3)]
    deduce(older, relations, 4)
    deduce(newer, relations, 4)
    expect(listChanges(older, newer).filter(isRecovered)).toEqual([])
  })

  it('could tell if the noise stayed the same from release to release: waiting is worth something', async () => {
    // The same noise moves a figure only when somebody came: then a difference of one base says that much for certain.
    const again = (await readAll()).map((table) => ({
      ...table,
      release: { ...table.release, number: 1 },
    }))
    let moved = 0
    for (let seed = 0; seed < secrets; seed += 1) {
      const known = publish(before, seed)
      for (const { name, truth, published } of publish(again, seed).values()) {
        const then = known.get(name)
        if (then && truth - then.truth === 1 && published > then.published) moved += 1
      }
    }
    expect(moved).toBeGreaterThan(10)
  })
})
