import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { findFreePort, type Lifecycle } from '../../../infra/runtime/index.js'
import { checkPage } from '../fanout/check-page.js'
import type { MembersHello } from '../fanout/member-messages.js'
import { createPageRequests } from '../fanout/page-requests.js'
import type { LoadOrder, LoadReport } from '../load/load-messages.js'
import { median } from '../median.js'
import { startCompanion } from '../process/companion.js'
import { chooseCores } from '../process/cores.js'
import { type RunningGateway, startPinned } from '../process/start-pinned.js'
import type { CacheBenchArguments } from './arguments.js'
import { countMisses } from './count-misses.js'
import { startServers } from './start-servers.js'

export interface CacheBenchOptions {
  readonly args: CacheBenchArguments
  /** Everything that starts is handed to it; the caller stops it. */
  readonly lifecycle: Lifecycle
  readonly env: Readonly<Record<string, string | undefined>>
  readonly note: (text: string) => void
}

interface BenchRow {
  readonly name: string
  readonly server: RunningGateway
  readonly bodies: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Medians over the rounds. */
export interface CacheRow {
  readonly name: string
  readonly rps: number
  readonly cpuMsPerRequest: number
  readonly p99: number
}

export interface CacheBenchResult {
  readonly rows: readonly CacheRow[]
  /** Quotients of requests per second. */
  readonly ratios: {
    readonly warmVsBareHttp: number
    /** Against Apollo's gateway and a catalogue on Apollo's libraries. */
    readonly warmVsApolloUncached: number
    /** Against Apollo's gateway and our own fan-out. */
    readonly warmVsApolloWithOurFanOut: number
    readonly memberPagesVsUncached: number
    /** The same where no answer is the one remembered: pages are merged, completed and printed for every request. */
    readonly mergedAnewVsUncached: number
  }
  /** Members asked for a page of which one member was purged and all others are warm. */
  readonly callsAfterPurge: number
}

const memberCount = 13
const offeringsOfEach = 200
const connections = 50
/** Slow rows answer all connections at about the same time: a window that cuts a wave must hold many whole ones. */
const wholeWaves = 10
/** Before the first round: so many answers and the compiler has seen it all. */
const warmUpAnswers = 1_500
/** Different pages: more than connections, or requests under way would share fetches in the rows that keep nothing. */
const pageCount = 2 * connections
/** Names under which each page is asked in turn: more answers than are remembered, of the same members' pages. */
const aliasCount = 20

/**
 * Measures a whole kept answer against bare node:http and against Apollo's gateway without a cache, and a page made of
 * kept members' pages against the same page fetched.
 *
 * @throws Error when an answer is wrong.
 */
export async function runCacheBench(options: CacheBenchOptions): Promise<CacheBenchResult> {
  const { args, lifecycle, note } = options
  const cores = chooseCores()
  if (!cores.isPinned) note('WARNING: nothing is pinned (no taskset, or one core): figures mix all')
  const directory = await mkdtemp(join(tmpdir(), 'bench-cache-'))
  await lifecycle.own('directory', () => rm(directory, { recursive: true, force: true }))
  const members = startCompanion(
    new URL('../fanout/members-process.js', import.meta.url),
    [String(memberCount), String(offeringsOfEach)],
    cores.others,
  )
  await lifecycle.own('members', members.stop)
  const load = startCompanion(new URL('../load/load-process.js', import.meta.url), [], cores.others)
  await lifecycle.own('load', load.stop)
  const { urls } = await members.hello<MembersHello>()
  const { PATH = '', HOME = '' } = options.env
  const env = { PATH, HOME, NODE_ENV: 'production' }
  note('starting the servers')
  const servers = await startServers({ urls, directory, cores, env, lifecycle, note })
  const { cached, uncached, apollo, apolloWithOurFanOut, token } = servers
  const bodies = createPageRequests()(pageCount).map(({ body }) => body)
  const [body = ''] = bodies
  const right = { members: memberCount, totalCount: memberCount * offeringsOfEach }
  for (const server of [cached, uncached]) await checkPage(server.url, body, right)
  // Until the operation is known and its whole answer kept.
  for (let time = 0; time < 3; time += 1) await checkPage(cached.url, body, right)
  const answer = await (await post(cached.url, body)).text()
  for (const { url } of [apollo, apolloWithOurFanOut]) await checkSameData(url, body, answer)
  const bare = await startBare(body, answer)

  async function startBare(request: string, bytes: string): Promise<RunningGateway> {
    const port = await findFreePort()
    const file = join(directory, 'answers.json')
    await writeFile(file, JSON.stringify([[request, bytes]]))
    const script = fileURLToPath(new URL('../engine/node-http-process.js', import.meta.url))
    const server = await startPinned(
      { directory: process.cwd(), cores, env },
      {
        command: process.execPath,
        args: [script, file, String(port)],
        url: `http://127.0.0.1:${port}/graphql`,
      },
    )
    await lifecycle.own('bare', server.stop)
    return server
  }

  const authorization = `Bearer ${token}`
  const headers = { authorization }
  const rows = [
    { name: 'bare node:http', server: bare, bodies: [body] },
    { name: 'whole answer, warm', server: cached, bodies: [body] },
    { name: 'Apollo, uncached', server: apollo, bodies },
    { name: 'Apollo with our fan-out', server: apolloWithOurFanOut, bodies },
    { name: 'authenticated, members warm', server: cached, bodies, headers },
    { name: 'the same, merged anew', server: cached, bodies: underAliases(bodies), headers },
    { name: 'authenticated, uncached', server: uncached, bodies, headers },
  ] satisfies readonly BenchRow[]
  const reports = rows.map((): LoadReport[] => [])
  for (let round = 1; round <= args.rounds; round += 1) {
    for (const [index, row] of rows.entries()) {
      const report = await load.ask<LoadReport>({
        url: row.server.url,
        bodies: row.bodies,
        ...('headers' in row && { headers: row.headers }),
        ...{ connections, warmUpMs: args.warmUpMs, timedMs: args.timedMs },
        minimumAnswers: connections * wholeWaves,
        warmUpAnswers: round === 1 ? warmUpAnswers : 0,
        minimumBytes: 2_000,
        gatewayPid: row.server.pid,
        companionPid: members.pid,
      } satisfies LoadOrder)
      if (report.failures > 0) {
        throw new Error(`${row.name}: ${report.failures} failures: ${report.failure}`)
      }
      reports[index]?.push(report)
    }
    note(`round ${round} of ${args.rounds}`)
  }
  const measured = rows.map(({ name }, index) => summarise(name, reports[index] ?? []))
  const ratio = (row: string, other: string): number => {
    const rpsOf = (name: string) => measured.find((one) => one.name === name)?.rps ?? Number.NaN
    return round2(rpsOf(row) / rpsOf(other))
  }
  return {
    rows: measured,
    ratios: {
      warmVsBareHttp: ratio('whole answer, warm', 'bare node:http'),
      warmVsApolloUncached: ratio('whole answer, warm', 'Apollo, uncached'),
      warmVsApolloWithOurFanOut: ratio('whole answer, warm', 'Apollo with our fan-out'),
      memberPagesVsUncached: ratio('authenticated, members warm', 'authenticated, uncached'),
      mergedAnewVsUncached: ratio('the same, merged anew', 'authenticated, uncached'),
    },
    callsAfterPurge: await countMisses(cached.url, body, token, urls[2]?.[0] ?? ''),
  }
}

/** The same pages, each under many names that clients may give to the list. */
function underAliases(bodies: readonly string[]): readonly string[] {
  return Array.from({ length: aliasCount }, (_, index) =>
    bodies.map((body) => body.replace('courseOfferings(', `list${index}: courseOfferings(`)),
  ).flat()
}

/** @throws Error when a server's page is another than ours. */
async function checkSameData(url: string, body: string, ours: string): Promise<void> {
  const theirs = await (await post(url, body)).text()
  const dataOf = (text: string): unknown => (JSON.parse(text) as { data?: unknown }).data
  if (isDeepStrictEqual(dataOf(theirs), dataOf(ours))) return
  throw new Error(`another page than ours: ${theirs.slice(0, 500)}`)
}

function post(url: string, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return fetch(url, { method: 'POST', headers, body })
}

function summarise(name: string, reports: readonly LoadReport[]): CacheRow {
  return {
    name,
    rps: round2(median(reports.map((report) => report.rps))),
    cpuMsPerRequest: round2(median(reports.map((report) => report.cpuMsPerRequest))),
    p99: round2(median(reports.map((report) => report.p99))),
  }
}

/** Three significant digits. */
function round2(value: number): number {
  return Number(value.toPrecision(3))
}

export function formatCacheResult({ rows, ratios, callsAfterPurge }: CacheBenchResult): string {
  const lines = rows.map(
    ({ name, rps, cpuMsPerRequest, p99 }) =>
      `${name.padEnd(30)}${String(rps).padStart(9)} rps${String(cpuMsPerRequest).padStart(9)} ms CPU${String(p99).padStart(9)} ms p99`,
  )
  const quotients = Object.entries(ratios).map(([name, value]) => `${name}: ${value}×`)
  return `${[...lines, ...quotients, `calls after a purge of one member: ${callsAfterPurge}`].join('\n')}\n`
}
