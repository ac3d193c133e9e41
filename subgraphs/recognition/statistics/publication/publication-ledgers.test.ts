import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anonymousPrincipal, type LearnerId, type Principal } from '../../../../schema/index.js'
import { openPrivatePolicy } from '../domain/disclosure-policy.js'
import { releaseName } from '../domain/release.js'
import { toPeriod } from '../domain/reporting-period.js'
import { readExport } from '../export/read-export.js'
import { publishSection } from '../graphql/publish-section.js'
import type { DraftEvent } from '../reference/random-events.fixture.js'
import {
  createStatisticsDatabase,
  type StatisticsDatabase,
} from '../statistics-database.fixture.js'
import { createStatisticsService } from '../statistics-service.js'
import { readReleases } from '../store/releases.js'
import { writeSyntheticEvents } from '../synthetic/write-synthetic-events.js'
import { type PublicationContext, publishBreakdown } from './publish-breakdown.js'
import { publishQuartiles } from './publish-quartiles.js'

const now = new Date('2026-11-23T12:00:00Z')
const year = toPeriod('YEAR', 2024, 1)
const analyst = (subjectId: string): Principal => ({
  kind: 'person',
  subjectId,
  homeMember: null,
  grants: [{ role: 'analyst', member: null }],
  scopes: [],
  assurance: [],
})
const fields = ['eqfLevel', 'iscedField', 'sizeBand', 'skill'] as const

/** Enough learners for another release, recorded on another day. */
const lateEnrolments = Array.from({ length: 30 }, (_, index): DraftEvent => {
  const kind = 'pathway.enrolled'
  const fact = { kind, pathwayId: 'alliance:pathway:circular-manufacturing' } as DraftEvent['fact']
  return {
    id: `late-${index}`,
    occurredOn: '2024-09-10',
    recordedAt: '2028-01-05T08:00:00Z',
    learnerId: `alliance:learner:late-${index}` as LearnerId,
    homeMember: 'dcu',
    corrects: null,
    fact,
  }
})

let database: StatisticsDatabase
beforeAll(async () => {
  database = await createStatisticsDatabase()
  const span = { startsOn: '2024-08-01', days: 330 }
  await writeSyntheticEvents(database.pool, { learners: 300, seed: 5, ...span })
  await database.catchUp()
}, 120_000)
afterAll(() => database?.drop())

const open = async (
  principal: Principal,
  policy?: typeof openPrivatePolicy,
  cellsPerDay = 100_000,
): Promise<PublicationContext> => {
  const { pool, register } = database
  const service = await createStatisticsService({
    pool,
    register,
    now: () => now,
    random: randomBytes,
    budget: { cellsPerDay },
    ...(policy && { openPolicy: policy }),
  })
  return service.open(principal)
}
const ask = (context: PublicationContext, groupBy: readonly (typeof fields)[number][]) =>
  publishBreakdown(context, { family: 'award', groupBy, filter: {}, period: year })
const countsOf = async (context: PublicationContext, groupBy: readonly (typeof fields)[number][]) =>
  (await ask(context, groupBy)).rows.map((row) => row.persons('award.valid'))

describe('the differentially private publication', { timeout: 60_000 }, () => {
  beforeEach(() => database.pool.query('truncate statistics_epsilon'))

  it('publishes its epsilon and gives the same noise whenever asked, by whichever process', async () => {
    const context = await open(anonymousPrincipal, openPrivatePolicy)
    expect(context.publication.policy.differentialPrivacy).toEqual({
      epsilonPerTable: 0.5,
      epsilonPerYear: 8,
    })
    const first = await countsOf(context, ['iscedField'])
    expect(first.some((count) => count % 5 !== 0)).toBe(true)
    for (let again = 0; again < 3; again += 1) {
      expect(await countsOf(context, ['iscedField'])).toEqual(first)
    }
    const restarted = await open(anonymousPrincipal, openPrivatePolicy)
    expect(await countsOf(restarted, ['iscedField'])).toEqual(first)
    const { rows } = await database.pool.query('select * from statistics_epsilon')
    expect(rows).toHaveLength(1)
  })

  it('has an accountant who refuses what exceeds the epsilon of the year, and nothing paid for', async () => {
    const differentialPrivacy = { epsilonPerTable: 0.5, epsilonPerYear: 1 }
    const context = await open(anonymousPrincipal, { ...openPrivatePolicy, differentialPrivacy })
    const first = await countsOf(context, ['eqfLevel'])
    await countsOf(context, ['iscedField'])
    await expect(ask(context, ['sizeBand'])).rejects.toMatchObject({
      code: 'STATISTICS_BUDGET_EXCEEDED',
    })
    expect(await countsOf(context, ['eqfLevel'])).toEqual(first)
  })

  it('shares one account among questions that come at the same time', async () => {
    const differentialPrivacy = { epsilonPerTable: 0.5, epsilonPerYear: 1 }
    const context = await open(anonymousPrincipal, { ...openPrivatePolicy, differentialPrivacy })
    const answers = await Promise.allSettled(fields.map((field) => ask(context, [field])))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  })

  it('gives neither quartiles nor sums of credits', async () => {
    const context = await open(anonymousPrincipal, openPrivatePolicy)
    const hidden = { kind: 'suppressed', reason: 'NOT_IN_THIS_POLICY' }
    const awards = await ask(context, [])
    expect(awards.rows[0]?.ects()).toEqual(hidden)
    const request = { family: 'journey', groupBy: [], filter: {}, period: year } as const
    const journeys = await publishBreakdown(context, request)
    expect(
      await publishQuartiles(context, journeys, 'timeToComplete', 'journey.completed'),
    ).toEqual([hidden])
  })
})

describe('a release that is not paid for', { timeout: 60_000 }, () => {
  it('is not given, and rows and exports name the one their figures are of, with its day', async () => {
    await database.pool.query('truncate statistics_epsilon')
    const differentialPrivacy = { epsilonPerTable: 0.5, epsilonPerYear: 0.5 }
    const context = await open(anonymousPrincipal, { ...openPrivatePolicy, differentialPrivacy })
    const request = { family: 'award', groupBy: ['eqfLevel'], filter: {}, period: year } as const
    const before = await publishBreakdown(context, request)
    await database.append(lateEnrolments)
    await database.catchUp()
    const [latest] = await readReleases(database.pool, year, now)
    expect(latest.number).toBe(before.release.number + 1)
    expect(latest.asOf).not.toBe(before.release.asOf)

    const own = { name: releaseName(before.release), asOf: before.release.asOf }
    const question = {
      context,
      filter: {},
      groupBy: request.groupBy,
      period: year,
      compareTo: null,
    }
    const { rows } = await publishSection(question, 'award')
    expect(rows.map(({ group }) => group.release)).toEqual(
      rows.map(() => expect.objectContaining(own)),
    )
    const { release, asOf } = await readExport(context, request)
    expect({ name: release, asOf }).toEqual(own)
  })
})

describe('the budget of an analyst', { timeout: 60_000 }, () => {
  const trailOf = async () => {
    const { rows } = await database.pool.query(
      'select view, cells, is_refused, analyst_key from statistics_question order by id desc limit 2',
    )
    return rows
  }

  it('refuses further cells with a code, and the trail has the refused question, too', async () => {
    const context = await open(analyst('budget-1'), undefined, 15)
    await ask(context, ['iscedField'])
    await expect(ask(context, ['eqfLevel'])).rejects.toMatchObject({
      code: 'STATISTICS_BUDGET_EXCEEDED',
      message: '9 more cells exceed the 15 of 24 hours',
    })
    expect(await trailOf()).toMatchObject([
      { view: 'eqfLevel', cells: 9, is_refused: true },
      { view: 'iscedField', cells: 11, is_refused: false },
    ])
  })

  it('counts a question as often as it is asked, at the same time or one after another', async () => {
    const context = await open(analyst('budget-2'), undefined, 30)
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => ask(context, ['iscedField'])),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  })

  it('is of one analyst: the next one has their own, and the trail names neither', async () => {
    await ask(await open(analyst('budget-3'), undefined, 11), ['iscedField'])
    await ask(await open(analyst('budget-4'), undefined, 11), ['iscedField'])
    const [later, earlier] = await trailOf()
    expect(later.analyst_key).not.toBe(earlier.analyst_key)
    expect(JSON.stringify([later, earlier])).not.toContain('budget-')
  })
})
