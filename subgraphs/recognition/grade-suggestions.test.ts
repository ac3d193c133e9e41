import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { interopData, isInteropDataPresent } from '../../tests/intake/interop-data.fixture.js'
import { learnerNamed, registrarOf } from './commands/open-commands.fixture.js'
import { startTestRecognition, type TestRecognition } from './recognition-server.fixture.js'

const file = interopData('stavanger/grade-distribution.csv')

let recognition: TestRecognition
beforeAll(async () => {
  recognition = await startTestRecognition()
}, 120_000)
afterAll(() => recognition?.stop())

const publish = `mutation ($input: PublishGradingTableInput!) { publishGradingTable(input: $input) {
  gradingTable { version scale sampleSize years rows { grade count } referenceGroup { member iscedF cycle } }
  userErrors { code path message } } }`
const suggestion = `suggestedGrade { original { value scale } reason suggestion {
  grade scale policy band { min mean max } overlaps { grade percent }
  from { version sampleSize referenceGroup { member iscedF cycle } }
  to { version sampleSize referenceGroup { member } } } }`

/** Grades of three years of courses of one subject at the University of Stavanger. */
function readCounts(prefix: string) {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  const totals = new Map<string, { year: number; grade: string; count: number }>()
  for (const line of lines) {
    const [code = '', year = '', grade = '', candidates] = line.trim().split(',')
    if (!code.startsWith(prefix) || !['2022', '2023', '2024'].includes(year)) continue
    const known = totals.get(`${year} ${grade}`)
    const count = (known?.count ?? 0) + Number(candidates)
    totals.set(`${year} ${grade}`, { year: Number(year), grade, count })
  }
  return [...totals.values()]
}

/** Synthetic grades on the scale of 0–100 % at home in Dublin. */
const homeCounts = [2023, 2024].flatMap((year) =>
  [
    ['80', 10],
    ['70', 30],
    ['60', 40],
    ['50', 15],
    ['40', 5],
    ['30', 12],
  ].map(([grade, count]) => ({ year, grade, count })),
)

let keys = 0
// biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
async function send(member: string, as: string, part: object): Promise<any> {
  keys += 1
  const base = { idempotencyKey: `grades-${keys}`, member, iscedF: '06', cycle: 'FIRST' }
  const { data, errors } = await recognition.ask(
    publish,
    { input: { ...base, expectedVersion: 0, ...part } },
    registrarOf(as),
  )
  expect(errors).toBeUndefined()
  return data.publishGradingTable
}

const codesOf = ({ userErrors }: { userErrors: { code: string; path: string[] }[] }) =>
  userErrors.map(({ code, path }) => `${code} ${path.join('.')}`).sort()

/** An award of the University of Stavanger with a grade, seen by its learner of Dublin. */
async function seeAward(name: string, grade: string | null): Promise<unknown> {
  const learner = learnerNamed(name, 'dcu')
  const { data: pathways } = await recognition.ask(
    '{ learningPathways(first: 1) { nodes { id } } }',
  )
  // The learner's home is known from their own first step.
  await recognition.ask(
    'mutation ($input: EnrolInPathwayInput!) { enrolInPathway(input: $input) { progress { state } } }',
    {
      input: { idempotencyKey: `enrol-${name}`, pathwayId: pathways.learningPathways.nodes[0].id },
    },
    learner,
  )
  const made = await recognition.ask(
    `mutation ($input: MakeAwardInput!) { makeAward(input: $input) { userErrors { code path } } }`,
    {
      input: {
        idempotencyKey: `award-${name}`,
        award: {
          learnerId: `alliance:learner:${name}`,
          microCredentialId: 'alliance:microcredential:uis-ai-foundations',
          awardedOn: '2026-06-20',
          ...(grade && { grade: { value: grade } }),
        },
      },
    },
    registrarOf('uis'),
  )
  expect(made.data?.makeAward.userErrors).toEqual([])
  const { data } = await recognition.ask(
    `{ me { awards { nodes { ${suggestion} } } } }`,
    {},
    learner,
  )
  return data.me.awards.nodes[0].suggestedGrade
}

describe.skipIf(!isInteropDataPresent(file))(
  `grading tables over HTTP, one of them of real grades (needs ${file})`,
  () => {
    it('suggest nothing while there are none, and say why, with the original', async () => {
      expect(await seeAward('early', 'B')).toEqual({
        original: { value: 'B', scale: 'A–F' },
        suggestion: null,
        reason: 'NO_TABLE_OF_AWARDING_MEMBER',
      })
    })

    it('are published by registrars of their own member, version by version', async () => {
      const counts = readCounts('DAT')
      expect(codesOf(await send('uis', 'dcu', { counts }))).toEqual(['NOT_PERMITTED member'])
      const first = await send('uis', 'uis', { counts })
      expect(first.gradingTable).toMatchObject({
        version: '1',
        scale: 'A–F',
        sampleSize: 3885,
        years: [2022, 2023, 2024],
        rows: [
          { grade: 'A', count: 766 },
          { grade: 'B', count: 972 },
          { grade: 'C', count: 1180 },
          { grade: 'D', count: 568 },
          { grade: 'E', count: 399 },
        ],
      })
      expect(codesOf(await send('uis', 'uis', { counts }))).toEqual([
        'VERSION_CONFLICT expectedVersion',
      ])
      const second = await send('uis', 'uis', { counts, expectedVersion: 1 })
      expect(second.gradingTable.version).toBe('2')
      const listed = await recognition.ask(
        '{ gradingTables(member: "uis") { version } }',
        {},
        registrarOf('uis'),
      )
      expect(listed.data?.gradingTables).toEqual([{ version: '2' }])
      const foreign = await recognition.ask(
        '{ gradingTables(member: "uis") { version } }',
        {},
        registrarOf('dcu'),
      )
      expect(foreign.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
    })

    it('are refused with all faults at once', async () => {
      const counts = [
        { year: 1066, grade: 'A', count: 40 },
        { year: 2024, grade: '', count: -1 },
      ]
      const refused = await send('uis', 'uis', { iscedF: 'six', counts, expectedVersion: 4 })
      expect(refused.gradingTable).toBeNull()
      expect(codesOf(refused)).toEqual([
        'VALUE_INVALID counts',
        'VALUE_INVALID counts.0.year',
        'VALUE_INVALID counts.1.count',
        'VALUE_INVALID counts.1.grade',
        'VALUE_INVALID iscedF',
        'VERSION_CONFLICT expectedVersion',
      ])
    })

    it('suggest a grade with its band, both tables, their versions and sample sizes', async () => {
      expect((await seeAward('without-home-table', 'B')) as object).toMatchObject({
        suggestion: null,
        reason: 'NO_TABLE_OF_HOME_MEMBER',
      })
      const home = await send('dcu', 'dcu', { counts: homeCounts })
      expect(home.userErrors).toEqual([])
      // Stavanger: B covers 19.7–44.7 % from the top. Dublin: 70 covers 10–40 %, 60 covers 40–80 %.
      expect(await seeAward('graded', 'B')).toEqual({
        original: { value: 'B', scale: 'A–F' },
        reason: null,
        suggestion: {
          grade: '70',
          scale: '0–100 %',
          policy: 'MEAN',
          band: { min: '60', mean: '70', max: '70' },
          overlaps: [
            { grade: '70', percent: '81.1' },
            { grade: '60', percent: '18.9' },
          ],
          from: {
            version: '2',
            sampleSize: 3885,
            referenceGroup: { member: 'uis', iscedF: '06', cycle: 'FIRST' },
          },
          to: { version: '1', sampleSize: 200, referenceGroup: { member: 'dcu' } },
        },
      })
      expect(await seeAward('passed', null)).toEqual({
        original: null,
        suggestion: null,
        reason: 'PASS_FAIL_ONLY',
      })
    })
  },
)
