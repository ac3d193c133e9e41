import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../schema/index.js'
import { loadMemberRegister } from '../../../schema/index.js'
import { fetchSigned } from '../../../tests/setup/fetch-signed.js'
import { startTestRecognition, type TestRecognition } from '../recognition-server.fixture.js'
import { generateHistories } from './synthetic/generate-histories.js'

const root = new URL('../../..', import.meta.url).pathname
const analyst: Principal = {
  kind: 'person',
  subjectId: 'analyst-1',
  homeMember: 'dcu',
  grants: [{ role: 'analyst', member: null }],
  scopes: [],
  assurance: [],
}

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

describe('exports and charts', { timeout: 60_000 }, () => {
  const read = (path: string) =>
    fetchSigned(recognition.url.replace('/graphql', path), { principal: analyst })

  it('give the same observations as CSV and Parquet, with dictionary and policy', async () => {
    const query = '?period=2024-A1&by=homeMember,awardingMember'
    const csv = await (await read(`/statistics/exports/award.csv${query}`)).text()
    const [heading = '', ...lines] = csv.trim().split('\r\n')
    expect(heading).toBe(
      'HOME_INST,AWARD_INST,TIME_PERIOD,MEASURE,POINT,OBS_VALUE,CONF_STATUS,REASON,RELEASE,AS_OF,POLICY',
    )
    const file = await (await read(`/statistics/exports/award.parquet${query}`)).arrayBuffer()
    const rows = await parquetReadObjects({ file })
    expect(rows).toHaveLength(lines.length)
    expect(
      rows.map((row) =>
        Object.values(row)
          .map((value) => value ?? '')
          .join(','),
      ),
    ).toEqual(lines)
    const dictionary = parquetMetadata(file).key_value_metadata?.find(
      ({ key }) => key === 'dictionary',
    )
    expect(JSON.parse(dictionary?.value ?? '{}').policy.name).toBe('alliance-analyst-1')
  })

  it('have quartiles and survival curves, the same as GraphQL, explained by the dictionary', async () => {
    const { data } = await recognition.ask(
      `{
        pathwayStatistics(period: "2024-A1", groupBy: [PATHWAY]) {
          release { name asOf }
          journeys { group { pathwayId release { name asOf } } timeToComplete { lower median upper suppressed } }
        }
        cohortSurvival(period: "2024-A1", groupBy: [PATHWAY]) {
          group { pathwayId release { name } }
          points { weeks retained { value suppressed } completed { value suppressed } }
        }
      }`,
      {},
      analyst,
    )
    const { release, journeys } = data.pathwayStatistics
    const expected = new Map<string, string>()
    const expectCell = (key: string, value: number | null, reason: string | null) =>
      expected.set(key, value === null ? `,C,${reason}` : `${value},F,`)
    for (const { group, timeToComplete: time } of journeys) {
      expect(group.release).toEqual(release)
      for (const [point, value] of [
        ['Q1', time.lower],
        ['Q2', time.median],
        ['Q3', time.upper],
      ]) {
        expectCell(`${group.pathwayId},journeys.timeToComplete,${point}`, value, time.suppressed)
      }
    }
    for (const { group, points } of data.cohortSurvival) {
      for (const { weeks, retained, completed } of points) {
        const point = `W${String(weeks).padStart(3, '0')}`
        const name = `${group.pathwayId},journeys`
        expectCell(`${name}.retained,${point}`, retained.value, retained.suppressed)
        expectCell(`${name}.completedWithin,${point}`, completed.value, completed.suppressed)
      }
    }
    const query = '?period=2024-A1&by=pathway'
    const csv = await (await read(`/statistics/exports/journey.csv${query}`)).text()
    const [, ...lines] = csv.trim().split('\r\n')
    const exported = new Map<string, string>()
    for (const line of lines) {
      const [pathway, , measure, point, value, status, reason, name, asOf] = line.split(',')
      expect([name, asOf]).toEqual([release.name, release.asOf])
      if (point === '_Z') continue
      exported.set(`${pathway},${measure},${point}`, `${value},${status},${reason}`)
    }
    expect(exported).toEqual(expected)
    expect([...expected.values()].some((cell) => cell.includes(',F,'))).toBe(true)

    const file = await (await read(`/statistics/exports/journey.parquet${query}`)).arrayBuffer()
    const rows = await parquetReadObjects({ file })
    expect(rows).toHaveLength(lines.length)
    const dictionary = await (await read('/statistics/dictionary.json')).json()
    const seen = new Set(rows.map(({ POINT }) => POINT))
    expect(seen).toEqual(new Set(Object.keys(dictionary.points)))
    for (const column of Object.keys(rows[0] ?? {})) {
      expect(dictionary.columns[column], column).toEqual(expect.any(String))
    }
    const waiting = await (await read('/statistics/exports/request.csv?period=2024-A1')).text()
    expect(waiting).toMatch(/,recognition\.waitingTime,Q2,\d+,F,/)
  })

  it.each([
    '/statistics/charts/funnel.svg?period=2024-A1&pathway=alliance:pathway:ai-for-sustainable-cities',
    '/statistics/charts/mobility.svg?period=2024-A1',
    '/statistics/charts/survival.svg?period=2024-A1&by=pathway',
  ])('draw %s with title, description and figures as a table', async (path) => {
    const answer = await read(path)
    const svg = await answer.text()
    expect(answer.status, svg).toBe(200)
    expect(answer.headers.get('content-type')).toContain('image/svg+xml')
    for (const part of ['<title id="title">', '<desc id="description">', 'role="table"']) {
      expect(svg).toContain(part)
    }
    expect(svg).not.toContain('NaN')
    expect(svg).not.toContain('undefined')
    // A report can quote the address: the figures of a release stay.
    expect(await (await read(path)).text()).toBe(svg)
  })

  it('refuse what they do not know', async () => {
    expect((await read('/statistics/exports/award.csv?period=yesterday')).status).toBe(400)
    expect((await read('/statistics/exports/award.csv?period=2024-A1&by=name')).status).toBe(400)
  })
})
