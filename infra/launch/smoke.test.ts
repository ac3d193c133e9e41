import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HubAnswer } from './hub-client.js'
import { formatSmokeResult, isSmokePassed, runSmoke, type SmokeResult } from './smoke.js'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-smoke-'))
})

afterEach(() => rm(directory, { recursive: true, force: true }))

const answer = (parts: Partial<HubAnswer>): HubAnswer => ({
  data: {},
  errors: [],
  members: [],
  ...parts,
})

async function smoke(ask: (query: string) => Promise<HubAnswer>, files = ['01-a.graphql']) {
  for (const file of files) await writeFile(join(directory, file), `query of ${file}`)
  const shown: SmokeResult[] = []
  const deps = { now: () => 0, onResult: (result: SmokeResult) => shown.push(result) }
  const results = await runSmoke(directory, ask, deps)
  expect(shown).toEqual(results)
  return results
}

test('runs every operation file in order and nothing else', async () => {
  const asked: string[] = []
  const files = ['02-b.graphql', '01-a.graphql', 'README.md']
  const results = await smoke(async (query) => {
    asked.push(query)
    return answer({ data: { list: [1] } })
  }, files)
  expect(asked).toEqual(['query of 01-a.graphql', 'query of 02-b.graphql'])
  expect(results.map(({ operation }) => operation)).toEqual(['01-a', '02-b'])
  expect(isSmokePassed(results)).toBe(true)
})

test.each([
  [{ c: { edges: [{}, {}] } }, 2],
  [{ c: { totalCount: 7, nodes: [{}] } }, 1],
  [{ list: [1, 2, 3] }, 3],
  [{ one: { title: 'x' } }, 1],
  [{ one: null, list: [] }, 0],
  [{ first: { edges: [{}] }, second: [1, 2] }, 3],
])('counts the rows of %j as %i', async (data, rows) => {
  const [result] = await smoke(async () => answer({ data }))
  expect(result?.rows).toBe(rows)
})

test('fails an operation with errors, without rows or with a member that did not answer', async () => {
  const data = { list: [1] }
  const members = [
    { member: 'dcu', outcome: 'ok' },
    { member: 'liu', outcome: 'timeout', reason: 'no answer within 1500 ms' },
    { member: 'ktu', outcome: 'skipped' },
  ]
  const faultsOf = async (parts: Partial<HubAnswer>) =>
    (await smoke(async () => answer(parts)))[0]?.faults
  expect(await faultsOf({ data, errors: ['broken'] })).toEqual(['broken'])
  expect(await faultsOf({ data: { list: [] } })).toEqual(['no rows'])
  expect(await faultsOf({ data, members })).toEqual(['liu: timeout no answer within 1500 ms'])
})

test('reports an operation that got no answer and goes on with the next', async () => {
  const results = await smoke(
    async (query) => {
      if (query.includes('01')) throw new Error('connection refused')
      return answer({ data: { list: [1] } })
    },
    ['01-a.graphql', '02-b.graphql'],
  )
  expect(results.map(({ faults }) => faults)).toEqual([['connection refused'], []])
  expect(isSmokePassed(results)).toBe(false)
})

test('does not pass without any operation', () => {
  expect(isSmokePassed([])).toBe(false)
})

test('prints name, rows, members, time and faults', () => {
  const line = formatSmokeResult({
    operation: '01-a',
    rows: 20,
    membersAsked: 13,
    membersAnswered: 12,
    tookMs: 42,
    faults: ['liu: timeout'],
  })
  expect(line).toMatch(/FAILED 01-a +20 rows +12\/13 members +42 ms\n +liu: timeout$/)
})
