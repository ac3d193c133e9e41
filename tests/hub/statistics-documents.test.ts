import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { issueTestToken } from '../setup/issue-test-token.js'
import { startTestHub, type TestHub } from './start-test-hub.js'

let hub: TestHub
beforeAll(async () => {
  // One member: exports and charts are of recognition alone.
  hub = await startTestHub(undefined, undefined, true, ['dcu'])
  // The first roll-up begins with the hub; until it is there, nothing has happened as far as statistics know.
  const seeRelease = async () => {
    const answer = await read(forAnalysts, await asAnalyst())
    expect(await answer.text()).toContain(`${quarter}.1`)
  }
  await vi.waitFor(seeRelease, { timeout: 60_000, interval: 250 })
}, 120_000)
afterAll(() => hub?.stop())

const read = (path: string, token?: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(new URL(path, hub.gateway.url), {
    headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
    signal: AbortSignal.timeout(15_000),
  })
const asAnalyst = () => issueTestToken({ role: 'analyst' })

// The sample's awards are 20 to 520 days old; reporting years begin in August.
const past = new Date(Date.now() - 270 * 86_400_000)
const monthsIn = (past.getUTCMonth() + 12 - 7) % 12
const reportingYear = past.getUTCFullYear() - (past.getUTCMonth() < 7 ? 1 : 0)
const year = `${reportingYear}-A1`
const quarter = `${reportingYear}-Q${Math.floor(monthsIn / 3) + 1}`

const published = `/statistics/exports/award.csv?period=${year}&by=homeMember,awardingMember`
const forAnalysts = `/statistics/exports/award.csv?period=${quarter}&by=homeMember,awardingMember`
const charts = [
  `/statistics/charts/funnel.svg?period=${year}&pathway=alliance:pathway:circular-manufacturing`,
  `/statistics/charts/mobility.svg?period=${year}`,
  `/statistics/charts/survival.svg?period=${year}&by=pathway`,
]

describe('exports and charts under the hub’s own address', { timeout: 60_000 }, () => {
  it('give an analyst CSV, Parquet and the dictionary, kept by nobody', async () => {
    const token = await asAnalyst()
    const csv = await read(forAnalysts, token)
    expect(csv.status).toBe(200)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('cache-control')).toBe('private, no-store')
    const lines = (await csv.text()).trim().split('\r\n')
    expect(lines[0]).toBe(
      'HOME_INST,AWARD_INST,TIME_PERIOD,MEASURE,POINT,OBS_VALUE,CONF_STATUS,REASON,RELEASE,AS_OF,POLICY',
    )
    expect(lines[1]).toMatch(
      new RegExp(
        `,${quarter},awards\\.learners,_Z,\\d+,F,,${quarter}\\.1,\\d{4}-\\d{2}-\\d{2},alliance-analyst-1$`,
      ),
    )

    const parquet = await read(forAnalysts.replace('.csv', '.parquet'), token)
    const rows = await parquetReadObjects({ file: await parquet.arrayBuffer() })
    expect(rows).toHaveLength(lines.length - 1)

    const dictionary = await (await read('/statistics/dictionary.json', token)).json()
    expect(dictionary).toMatchObject({ policy: { name: 'alliance-analyst-1' } })
  })

  it('give everybody what is published, under the policy for it, and may be kept for a while', async () => {
    const answer = await read(published)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
    expect(answer.headers.get('vary')).toContain('authorization')
    expect(await answer.text()).toContain('alliance-open-1')
    for (const chart of charts) expect((await read(chart)).status, chart).toBe(200)
  })

  it('refuse everybody the rest, with a code and no figure', async () => {
    const survivalByHome = `/statistics/charts/survival.svg?period=${year}&by=homeMember`
    for (const path of [forAnalysts, survivalByHome]) {
      const answer = await read(path)
      expect(answer.status, path).toBe(403)
      expect(await answer.json()).toMatchObject({ error: { code: 'NOT_PUBLISHED' } })
    }
  })

  it.each(['learner', 'registrar'] as const)('refuse a %s everything', async (role) => {
    const token = await issueTestToken({ role, member: 'dcu' })
    for (const path of [published, forAnalysts, ...charts, '/statistics/dictionary.json']) {
      const answer = await read(path, token)
      expect(answer.status, path).toBe(403)
      expect(await answer.json()).toMatchObject({ error: { code: 'FORBIDDEN' } })
    }
  })

  it('refuse a token that is none, instead of taking it for nobody', async () => {
    for (const path of [published, ...charts]) {
      expect((await read(path, 'no.real.token')).status, path).toBe(401)
    }
  })

  it('believe the token alone: headers that claim to be somebody change nothing', async () => {
    const claim = Buffer.from(JSON.stringify({ grants: [{ role: 'analyst' }] })).toString('base64')
    const answer = await read(forAnalysts, undefined, {
      'hub-principal': claim,
      'x-hub-principal': claim,
    })
    expect(answer.status).toBe(403)
  })

  it('draw charts with title, description and the figures as a table', async () => {
    const token = await asAnalyst()
    for (const path of charts) {
      const answer = await read(path, token)
      expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
      const svg = await answer.text()
      for (const part of ['<title id="title">', '<desc id="description">', 'role="table"']) {
        expect(svg, path).toContain(part)
      }
    }
  })

  it('say the same as GraphQL', async () => {
    const token = await asAnalyst()
    const { data } = await hub.ask(
      `{ mobilityMatrix(period: "${quarter}", measure: LEARNERS) {
        release { name } cells { home awarding cell { value } } } }`,
      {},
      token,
    )
    const matrix = data?.mobilityMatrix as {
      release: { name: string }
      cells: { home: string; awarding: string; cell: { value: number } }[]
    }
    const lines = (await (await read(forAnalysts, token)).text()).trim().split('\r\n').slice(1)
    const exported = lines
      .map((line) => line.split(','))
      .filter(([, , , measure]) => measure === 'awards.learners')
      .map(([home, awarding, , , , value]) => ({ home, awarding, cell: { value: Number(value) } }))
    expect(exported).toEqual(matrix.cells)
    expect(lines[0]).toContain(matrix.release.name)
  })
})
