import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lifecycle } from '../../../infra/runtime/index.js'
import { startCompanion } from '../process/companion.js'
import { chooseCores } from '../process/cores.js'
import type { EngineBenchArguments } from './arguments.js'
import { checkAnswers } from './check-answers.js'
import { installPeers } from './install-peers.js'
import { type MeasuredRow, measureRows } from './measure-rows.js'
import { allRows } from './rows/all-rows.js'
import type { Row, RowSetting } from './rows/row.js'
import { type Summary, summarise } from './summarise.js'
import { composeWorkload } from './workload/compose-workload.js'
import { workloads } from './workload/operations.js'

export interface BenchOptions {
  readonly args: EngineBenchArguments
  /** Everything that starts is handed to it; the caller stops it. */
  readonly lifecycle: Lifecycle
  readonly env: Readonly<Record<string, string | undefined>>
  readonly note: (text: string) => void
}

export interface BenchResult {
  readonly summary: Summary
  /** Rows left out, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>
}

const connections = 50

/**
 * Starts subgraphs, gateways and load, checks the answers of all gateways, measures.
 *
 * @throws Error when this gateway answers wrong or not at all.
 */
export async function runEngineBench(options: BenchOptions): Promise<BenchResult> {
  const { args, lifecycle, note } = options
  const cores = chooseCores()
  if (!cores.isPinned) note('WARNING: nothing is pinned (no taskset, or one core): figures mix all')
  const directory = await mkdtemp(join(tmpdir(), 'bench-engine-'))
  await lifecycle.own('directory', () => rm(directory, { recursive: true, force: true }))

  const subgraphs = startCompanion(
    new URL('subgraphs-process.js', import.meta.url),
    [],
    cores.others,
  )
  await lifecycle.own('subgraphs', subgraphs.stop)
  const load = startCompanion(new URL('../load/load-process.js', import.meta.url), [], cores.others)
  await lifecycle.own('load', load.stop)
  const { urls } = await subgraphs.hello<{ urls: Record<string, string> }>()
  const subgraphUrls = new Map(Object.entries(urls))
  const { supergraphSdl, answerLocally } = composeWorkload(subgraphUrls)
  const supergraphFile = join(directory, 'supergraph.graphql')
  await writeFile(supergraphFile, supergraphSdl)
  const expected = new Map<string, string>()
  for (const body of workloads.flatMap(({ bodies }) => bodies)) {
    expected.set(body, JSON.stringify(await answerLocally(body)))
  }
  const lengthOf = (body: string): number => Buffer.byteLength(expected.get(body) ?? '')
  for (const { name, bodies } of workloads) {
    note(`${name}: an answer has ${lengthOf(bodies[0] ?? '')} bytes`)
  }

  const { PATH = '', HOME = '' } = options.env
  const setting: RowSetting = {
    supergraphFile,
    subgraphUrls,
    directory,
    peersDirectory: join(process.cwd(), 'tests', 'bench', 'peers'),
    expected,
    cores,
    env: { PATH, HOME, NODE_ENV: 'production' },
  }
  const { rows, leftOut } = await startRows(options, setting)
  const right = await checkAll(rows, args.timing.checkedVariations, expected, leftOut, note)
  const { reports, silent } = await measureRows({
    workloads,
    rows: right,
    timing: args.timing,
    connections,
    load,
    companionPid: subgraphs.pid,
    lengthOf,
    note,
  })
  for (const [name, reason] of silent) {
    if (!isPeer(name)) throw new Error(`${name}: ${reason}`)
    leftOut.set(name, reason)
  }
  return { summary: summarise(reports), leftOut }
}

const isPeer = (name: string): boolean => allRows.find((row) => row.name === name)?.isPeer ?? false

async function startRows(
  { args, lifecycle, note }: BenchOptions,
  setting: RowSetting,
): Promise<{ rows: readonly MeasuredRow[]; leftOut: Map<string, string> }> {
  const leftOut = new Map<string, string>()
  const hasPeers = args.rows.some(({ isPeer }) => isPeer)
  const reason = hasPeers ? await installPeers(setting.peersDirectory, note) : null

  async function start(row: Row): Promise<readonly MeasuredRow[]> {
    try {
      if (row.isPeer && reason !== null) throw new Error(reason)
      const directory = join(setting.directory, row.name)
      await mkdir(directory)
      const running = await row.start({ ...setting, directory })
      await lifecycle.own(row.name, running.stop)
      note(`${row.name} serves`)
      return [{ name: row.name, running }]
    } catch (error) {
      // Ours must be there; a peer that cannot be had here is not our fault.
      if (!row.isPeer) throw error
      leftOut.set(row.name, error instanceof Error ? error.message : String(error))
      note(`LEFT OUT: ${row.name}: ${leftOut.get(row.name)}`)
      return []
    }
  }
  const started = await Promise.all(args.rows.map(start))
  return { rows: started.flat(), leftOut }
}

/** @returns The rows that answer right. A peer that does not is left out: figures of wrong answers are worth nothing. */
async function checkAll(
  rows: readonly MeasuredRow[],
  variations: number,
  expected: ReadonlyMap<string, string>,
  leftOut: Map<string, string>,
  note: (text: string) => void,
): Promise<readonly MeasuredRow[]> {
  const checked = workloads.map(({ name, bodies }) => ({
    name,
    bodies: bodies.slice(0, variations),
  }))
  const right: MeasuredRow[] = []
  for (const row of rows) {
    const fault = await checkAnswers(row.running, checked, expected)
    if (fault === null) right.push(row)
    else if (isPeer(row.name)) leftOut.set(row.name, `wrong answers: ${fault}`)
    else throw new Error(`${row.name} answers wrong: ${fault}`)
    note(fault === null ? `${row.name} answers right` : `LEFT OUT: ${row.name}: ${fault}`)
  }
  return right
}
