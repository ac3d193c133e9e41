import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lifecycle } from '../../../infra/runtime/index.js'
import { composeWorkload } from '../engine/workload/compose-workload.js'
import type { LoadOrder, LoadReport } from '../load/load-messages.js'
import { median } from '../median.js'
import { startCompanion } from '../process/companion.js'
import { chooseCores } from '../process/cores.js'
import { type GuardedGateway, startGuardedRows } from './guarded-rows.js'

/** One setting, medians over the rounds. */
export interface AuthRow {
  readonly name: string
  readonly cpuMsPerRequest: number
  readonly rps: number
  readonly p99: number
  /** CPU per request more than without access control, in percent. */
  readonly addedPercent: number
}

export interface AuthBenchResult {
  readonly rows: readonly AuthRow[]
  /** That of the row with everything. */
  readonly addedPercent: number
}

export interface AuthBenchOptions {
  readonly timing: {
    readonly rounds: number
    /** Once for each row before the first round: the compiler of a fresh process is busy for thousands of requests. */
    readonly settleMs: number
    readonly warmUpMs: number
    readonly timedMs: number
  }
  readonly lifecycle: Lifecycle
  readonly env: Readonly<Record<string, string | undefined>>
  readonly note: (text: string) => void
}

const query =
  'query Small($asOf: Int) { topProducts(first: 3, asOf: $asOf) { upc name(asOf: $asOf) price inStock(asOf: $asOf) } }'
/** More than twice the connections: no two requests under way share a fetch, which would hide what signing costs. */
const variations = 128

/**
 * Measures one query of two fetches with and without access control, all gateways up all the time, asked in turns.
 *
 * @throws Error when an answer is wrong.
 */
export async function runAuthBench(options: AuthBenchOptions): Promise<AuthBenchResult> {
  const { timing, lifecycle, note } = options
  const cores = chooseCores()
  if (!cores.isPinned) note('WARNING: nothing is pinned (no taskset, or one core): figures mix all')
  const directory = await mkdtemp(join(tmpdir(), 'bench-auth-'))
  await lifecycle.own('directory', () => rm(directory, { recursive: true, force: true }))
  const engine = new URL('../engine/subgraphs-process.js', import.meta.url)
  const subgraphs = startCompanion(engine, [], cores.others)
  await lifecycle.own('subgraphs', subgraphs.stop)
  const load = startCompanion(new URL('../load/load-process.js', import.meta.url), [], cores.others)
  await lifecycle.own('load', load.stop)
  const { urls } = await subgraphs.hello<{ urls: Record<string, string> }>()
  const { supergraphSdl, answerLocally } = composeWorkload(new Map(Object.entries(urls)))
  const { PATH = '', HOME = '' } = options.env
  const place = { directory, cores, env: { PATH, HOME, NODE_ENV: 'production' } }
  const rows = await startGuardedRows({ supergraphSdl, place, own: lifecycle.own })
  const bodies = Array.from({ length: variations }, (_, index) =>
    JSON.stringify({ query, variables: { asOf: 200 + index } }),
  )
  const [first = ''] = bodies
  const right = JSON.stringify(await answerLocally(first))
  for (const row of rows) await checkAnswers(row, first, right)

  const measure = async (row: GuardedGateway, warmUpMs: number): Promise<LoadReport> => {
    const report = await load.ask<LoadReport>({
      warmUpMs,
      timedMs: timing.timedMs,
      url: row.gateway.url,
      bodies,
      connections: 50,
      minimumBytes: right.length - 10,
      gatewayPid: row.gateway.pid,
      companionPid: subgraphs.pid,
      ...(row.token !== undefined && { headers: { authorization: `Bearer ${row.token}` } }),
    } satisfies LoadOrder)
    if (report.failures > 0) throw new Error(`${row.name}: ${report.failure}`)
    return report
  }
  for (const row of rows) {
    await measure(row, timing.settleMs)
    note(`${row.name} is warm`)
  }
  const reports = new Map<string, LoadReport[]>(rows.map(({ name }) => [name, []]))
  for (let round = 0; round < timing.rounds; round += 1) {
    // In alternating order: what warms the machine favours nobody.
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) {
      const report = await measure(row, timing.warmUpMs)
      note(`round ${round + 1}, ${row.name}: ${report.cpuMsPerRequest.toFixed(4)} ms CPU`)
      reports.get(row.name)?.push(report)
    }
  }
  return summarise(reports)
}

/** With everything that the row's caller may read; and without a token, what is protected is not there. */
async function checkAnswers(row: GuardedGateway, body: string, right: string): Promise<void> {
  const ask = async (token: string | undefined): Promise<string> => {
    const answer = await fetch(row.gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body,
    })
    const { data } = (await answer.json()) as { data: unknown }
    return JSON.stringify({ data })
  }
  const given = await ask(row.token)
  if (given !== right) throw new Error(`${row.name} answers ${given} instead of ${right}`)
  if (row.token !== undefined && (await ask(undefined)) === right) {
    throw new Error(`${row.name} gives everything to everybody`)
  }
}

function summarise(reports: ReadonlyMap<string, readonly LoadReport[]>): AuthBenchResult {
  const cpuOf = (list: readonly LoadReport[]) => median(list.map((one) => one.cpuMsPerRequest))
  const [open = []] = reports.values()
  const rows = [...reports].map(([name, list]) => ({
    name,
    cpuMsPerRequest: cpuOf(list),
    rps: median(list.map(({ rps }) => rps)),
    p99: median(list.map(({ p99 }) => p99)),
    addedPercent: (cpuOf(list) / cpuOf(open) - 1) * 100,
  }))
  return { rows, addedPercent: rows.at(-1)?.addedPercent ?? Number.NaN }
}
