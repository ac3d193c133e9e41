import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../schema/index.js'
import { loadMemberRegister } from '../../../schema/index.js'
import { fetchSigned } from '../../../tests/setup/fetch-signed.js'
import { startTestRecognition, type TestRecognition } from '../recognition-server.fixture.js'
import { generateHistories } from './synthetic/generate-histories.js'

const root = new URL('../../..', import.meta.url).pathname
const person = (subjectId: string, grants: Principal['grants']): Principal => ({
  kind: 'person',
  subjectId,
  homeMember: 'dcu',
  grants,
  scopes: [],
  assurance: [],
})
const analyst = person('analyst-1', [{ role: 'analyst', member: null }])
const learner = person('learner-1', [{ role: 'learner', member: null }])
const registrar = person('registrar-1', [{ role: 'registrar', member: 'dcu' }])

let recognition: TestRecognition
beforeAll(async () => {
  recognition = await startTestRecognition()
  await generateHistories({
    databaseUrl: recognition.databaseUrl,
    databaseName: new URL(recognition.databaseUrl).pathname.slice(1),
    register: loadMemberRegister(`${root}schema/register/members.json`),
    dataDirectory: `${root}subgraphs/recognition/data`,
    learners: 1_500,
    seed: 3,
    startsOn: '2024-08-01',
    days: 330,
    rollUp: true,
  })
}, 180_000)
afterAll(() => recognition?.stop())

const everything = `query ($period: String!, $compareTo: String) {
  pathwayStatistics(period: $period, compareTo: $compareTo) {
    asOf
    period { code startsOn endsBefore }
    policy { name description epsilonPerTable }
    journeys {
      started { value suppressed previous change } active { value } completed { value }
      withdrawn { value } completionRate { value suppressed }
      timeToComplete { lower median upper suppressed }
    }
    stacks { started { value } completed { value } stackRate { value suppressed } }
    awards { learners { value } awards { value } ects { value suppressed } }
    recognition {
      requested { value } recognised { value } recognisedShare { value suppressed }
      waitingTime { lower median upper suppressed }
    }
    skills { group { codes { dimension concept code label } } offered learners { value } }
    steps { group { step pathway { id title } } started { value } completionRate { value } }
  }
}`

describe('an analyst', { timeout: 60_000 }, () => {
  it('gets every section of a year, compared with its first quarter', async () => {
    const variables = { period: '2024-A1', compareTo: '2024-Q1' }
    const { data, errors } = await recognition.ask(everything, variables, analyst)
    expect(errors).toBeUndefined()
    const answer = data.pathwayStatistics
    expect(answer.asOf).toMatch(/^20\d\d-/)
    expect(answer.period).toEqual({
      code: '2024-A1',
      startsOn: '2024-08-01',
      endsBefore: '2025-08-01',
    })
    const [journeys] = answer.journeys
    expect(journeys.started.value).toBeGreaterThan(1_000)
    expect(journeys.started.value % 5).toBe(0)
    expect(journeys.started.change).toBe(journeys.started.value - journeys.started.previous)
    expect(journeys.completionRate.value).toBeGreaterThan(5)
    const { lower, median, upper } = journeys.timeToComplete
    expect([lower, median, upper].toSorted((a, b) => a - b)).toEqual([lower, median, upper])
    expect(answer.awards[0].ects.value % 25).toBe(0)
    expect(answer.recognition[0].waitingTime.median).toBeGreaterThan(0)
    expect(answer.steps.length).toBeGreaterThan(20)
    expect(answer.steps[0].group.pathway.title).toEqual(expect.any(String))
    expect(answer.skills.every((row: { offered: number }) => row.offered > 0)).toBe(true)
  })

  it('gets the same figure for the same cell, by alias, filter and order of dimensions', async () => {
    const cell = 'awards { learners { value } group { codes { code } } }'
    const { data, errors } = await recognition.ask(
      `{
        a: pathwayStatistics(period: "2024-A1", groupBy: [HOME_MEMBER, AWARDING_MEMBER]) { ${cell} }
        b: pathwayStatistics(period: "2024-A1", groupBy: [AWARDING_MEMBER, HOME_MEMBER]) { ${cell} }
        c: pathwayStatistics(period: "2024-A1", filter: { homeMembers: ["dcu"], awardingMembers: ["liu"] }) { ${cell} }
        d: pathwayStatistics(period: "2024-A1", groupBy: [JURISDICTION]) { ${cell} }
        e: pathwayStatistics(period: "2024-A1", groupBy: [AWARDING_MEMBER]) { ${cell} }
      }`,
      {},
      analyst,
    )
    expect(errors).toBeUndefined()
    expect(data.a).toEqual(data.b)
    const [filtered] = data.c.awards
    const listed = data.a.awards.find(
      (row: { group: { codes: { code: string }[] } }) =>
        row.group.codes.map(({ code }) => code).join() === 'dcu,liu',
    )
    expect(filtered).toEqual(listed)
    // A jurisdiction with one member is that member: one cell, one rounding.
    const values = (rows: { learners: { value: number } }[]) =>
      rows.map((row) => row.learners.value).toSorted((a, b) => a - b)
    expect(values(data.d.awards)).toEqual(values(data.e.awards))
  })

  it('gets the matrix of all members with its marginals, and institutions as entities', async () => {
    const { data, errors } = await recognition.ask(
      `{ mobilityMatrix(period: "2024-Q2", measure: LEARNERS) {
        cells { home awarding homeInstitution { id } cell { value } }
        homeTotals { home cell { value } } awardingTotals { awarding }
      } }`,
      {},
      analyst,
    )
    expect(errors).toBeUndefined()
    expect(data.mobilityMatrix.cells).toHaveLength(14 * 13)
    expect(data.mobilityMatrix.homeTotals).toHaveLength(14)
    expect(data.mobilityMatrix.cells[0].homeInstitution.id).toMatch(/:institution:/)
  })

  it.each(['AWARDS', 'ECTS'])('gets the matrix of %s, rounded to its base', async (measure) => {
    const { data, errors } = await recognition.ask(
      `{ mobilityMatrix(period: "2024-A1", measure: ${measure}) { cells { cell { value suppressed } } } }`,
      {},
      analyst,
    )
    expect(errors).toBeUndefined()
    const cells: { cell: { value: number | null; suppressed: string | null } }[] =
      data.mobilityMatrix.cells
    const shown = cells.flatMap(({ cell }) => cell.value ?? [])
    expect(shown.every((value) => value % (measure === 'ECTS' ? 25 : 5) === 0)).toBe(true)
    expect(Math.max(...shown)).toBeGreaterThan(0)
    // A cell is a value or a reason, never both and never neither.
    expect(cells.every(({ cell }) => (cell.value === null) !== (cell.suppressed === null))).toBe(
      true,
    )
  })

  it('gets survival curves that never rise', async () => {
    const { data, errors } = await recognition.ask(
      '{ cohortSurvival(period: "2024-A1", groupBy: [PATHWAY]) { enrolled { value } points { weeks retained { value suppressed } } } }',
      {},
      analyst,
    )
    expect(errors).toBeUndefined()
    for (const { points } of data.cohortSurvival) {
      const values = points.flatMap((point: { retained: { value: number | null } }) =>
        point.retained.value === null ? [] : [point.retained.value],
      )
      expect(values.toSorted((a: number, b: number) => b - a)).toEqual(values)
    }
  })

  it('gets three dimensions counted from the facts, under the same policy', async () => {
    const { data, errors } = await recognition.ask(
      `{ pathwayStatistics(period: "2024-A1", groupBy: [SIZE_BAND, EQF_LEVEL, ISCED_FIELD]) {
        awards { learners { value } } } }`,
      {},
      analyst,
    )
    expect(errors).toBeUndefined()
    const values = data.pathwayStatistics.awards.map(
      (row: { learners: { value: number } }) => row.learners.value,
    )
    expect(values.every((value: number) => value % 5 === 0)).toBe(true)
    expect(Math.max(...values)).toBeGreaterThan(0)
  })

  it.each([
    ['a period not of the grid', 'period: "2024-08-03"', 'BAD_USER_INPUT'],
    ['a period that is not over', 'period: "2026-A1"', 'PERIOD_NOT_PUBLISHED'],
    [
      'too many dimensions',
      'period: "2024-M01", groupBy: [HOME_MEMBER, EQF_LEVEL]',
      'BAD_USER_INPUT',
    ],
    ['an unknown code', 'period: "2024-A1", filter: { homeMembers: ["nobody"] }', 'BAD_USER_INPUT'],
  ])('is refused %s', async (_name, args, code) => {
    const { errors } = await recognition.ask(
      `{ pathwayStatistics(${args}) { awards { learners { value } } } }`,
      {},
      analyst,
    )
    expect(errors?.[0]?.extensions.code).toBe(code)
  })

  it('reads every definition', async () => {
    const { data } = await recognition.ask(
      '{ measures { id description unit denominator disclosureRule dimensions } }',
      {},
      analyst,
    )
    expect(data.measures.length).toBeGreaterThan(20)
    for (const measure of data.measures) {
      for (const part of ['id', 'description', 'unit', 'disclosureRule']) {
        expect(measure[part], `${part} of ${measure.id}`).toMatch(/\w/)
      }
    }
    const rates = data.measures.filter(({ unit }: { unit: string }) => unit === 'per cent')
    expect(rates.every((rate: { denominator: string | null }) => rate.denominator)).toBe(true)
  })
})

describe('who is no analyst', { timeout: 60_000 }, () => {
  it.each([
    ['a learner', learner],
    ['a registrar', registrar],
  ])('is refused as %s, in GraphQL and exports', async (_name, principal) => {
    const { errors } = await recognition.ask(everything, { period: '2024-A1' }, principal)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const answer = await fetchSigned(
      recognition.url.replace('/graphql', '/statistics/exports/award.csv?period=2024-A1'),
      { principal },
    )
    expect(answer.status).toBe(403)
  })

  it('sees as nobody what is published, and nothing else', async () => {
    const published = await recognition.ask(
      '{ pathwayStatistics(period: "2024-A1", groupBy: [PATHWAY]) { journeys { started { value } } } }',
    )
    expect(published.errors).toBeUndefined()
    expect(published.data.pathwayStatistics.journeys.length).toBeGreaterThan(5)
    const matrix =
      '{ mobilityMatrix(period: "2024-A1") { cells { home awarding cell { value } } } }'
    const [everybody, analysts] = [
      await recognition.ask(matrix),
      await recognition.ask(matrix, {}, analyst),
    ]
    expect(everybody.data.mobilityMatrix.cells).toHaveLength(14 * 13)
    // The same cell is the same figure, whoever asks: two publications are not two looks.
    expect(everybody.data).toEqual(analysts.data)
    for (const args of ['period: "2024-Q1"', 'period: "2024-A1", groupBy: [HOME_MEMBER]']) {
      const { errors } = await recognition.ask(
        `{ pathwayStatistics(${args}) { journeys { started { value } } } }`,
      )
      expect(errors?.[0]?.extensions.code).toBe('NOT_PUBLISHED')
    }
  })
})
