import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Lifecycle } from '../../infra/runtime/index.js'
import { type DisturbedSubgraph, startDisturbedSubgraph } from './disturbed-subgraph.js'
import type { ProcessSample } from './gateway-probe.js'
import type { HeapPoint } from './heap-trend.js'
import { type SoakGateway, startSoakGateway } from './soak-gateway.js'
import { composeGeneration, type SubgraphName, soakSubgraphs, subgraphNames } from './soak-graph.js'
import { startLoad } from './soak-load.js'
import { countHandles, judgeSoak, type SoakReport } from './soak-report.js'
import { watchStarvation } from './starvation.js'

/** Times in ms. */
export interface SoakTiming {
  /** The gateway's deadline for a request; shorter than an outage, so that hanging subgraphs are felt. */
  readonly requestTimeoutMs: number
  readonly durationMs: number
  readonly reloadEveryMs: number
  /** From the start of one outage to the next. */
  readonly outageEveryMs: number
  readonly outageMs: number
  readonly sampleEveryMs: number
}

export interface SoakOptions {
  readonly timing: SoakTiming
  readonly tolerance: SoakTolerance
  /** Clients that ask without a pause. */
  readonly connections: number
  /** What it starts is handed over, so that Ctrl-C stops it. */
  readonly lifecycle: Lifecycle
  readonly random: () => number
  readonly note: (text: string) => void
}

/** What is put down to the machine and not to the gateway. Times in ms. */
export interface SoakTolerance {
  /** How much later than its deadline an answer may arrive here. */
  readonly latenessMs: number
  /** How long a reload may take. */
  readonly patienceMs: number
  /** How long a breaker may stay open after an outage. */
  readonly breakerMs: number
  /** Held up longer than this, this process knows nothing of the gateway. */
  readonly heldUpMs: number
}

/** For a machine of its own. A breaker is open for 2 s, and a second for the next query to find out. */
export const idleMachine: SoakTolerance = {
  latenessMs: 500,
  patienceMs: 10_000,
  breakerMs: 3_000,
  heldUpMs: 100,
}

/** For a machine full of other work, as in the test suite: a slow probe opens the breaker once more. */
export const busyMachine: SoakTolerance = {
  latenessMs: 4_000,
  patienceMs: 30_000,
  breakerMs: 5_000,
  heldUpMs: 60,
}

/** A request right after an outage may still meet a connection or a fetch from before. */
const graceMs = 150

/** Runs the gateway under load while everything around it changes. Rejects when it cannot run at all; the report judges. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { timing, lifecycle, random, note } = options
  const { requestTimeoutMs } = timing
  const { latenessMs, patienceMs, breakerMs, heldUpMs } = options.tolerance
  const folder = await mkdtemp(join(tmpdir(), 'hub-soak-'))
  await lifecycle.own('folder', () => rm(folder, { recursive: true, force: true }))
  const subgraphs = await startSubgraphs(lifecycle)
  const supergraphFile = join(folder, 'supergraph.graphql')
  const urls = mapNames((name) => subgraphs[name].url)
  const log = { reloads: 0, refusals: 0 }
  await writeFile(supergraphFile, composeGeneration(0, urls))
  const gateway = await startSoakGateway({
    supergraphFile,
    requestTimeoutMs,
    onLogLine(line) {
      if (line.includes('"msg":"reloaded"')) log.reloads += 1
      if (line.includes('"msg":"reload refused')) log.refusals += 1
    },
  })
  await lifecycle.own('gateway', async () => void (await gateway.stop()))
  const { stopping } = lifecycle
  const starvation = watchStarvation(heldUpMs)
  await lifecycle.own('starvation watch', starvation.stop)
  const load = () =>
    startLoad({
      url: gateway.url,
      connections: options.connections,
      slowClients: 2,
      longestMs: requestTimeoutMs + latenessMs,
      random,
      note,
      // Timeouts open breakers, and those stay open a while.
      wasStarved: (from, to) => starvation.wasStarved(from - breakerMs, to),
      stateOf: (name, from, to) => {
        if (subgraphs[name].wasAway(from, to, graceMs)) return 'away'
        return subgraphs[name].wasAway(from, to, breakerMs) ? 'recovering' : 'up'
      },
    })

  note('warming up')
  const warmUp = load()
  await sleep(2_000, undefined, { signal: stopping })
  await warmUp.stop()
  const before = await settle(gateway)

  const startedAt = performance.now()
  const endsAt = startedAt + timing.durationMs
  const running = load()
  const counts = { reloads: 0, refusals: 0, kills: 0, hangs: 0 }
  const heap: HeapPoint[] = []

  /** Calls `act` at every multiple of `everyMs` that leaves it time. */
  async function repeat(everyMs: number, act: (round: number) => Promise<void>): Promise<void> {
    for (let round = 1; startedAt + round * everyMs < endsAt - timing.outageMs; round += 1) {
      await sleep(Math.max(0, startedAt + round * everyMs - performance.now()), undefined, {
        signal: stopping,
      })
      await act(round)
    }
  }

  async function reload(round: number): Promise<void> {
    const isFaulty = round % 5 === 0
    const next = `${supergraphFile}.next`
    const text = composeGeneration(round, urls)
    await writeFile(next, isFaulty ? text.replace('enum join__Graph', 'enum Nothing') : text)
    await rename(next, supergraphFile)
    gateway.reload()
    counts[isFaulty ? 'refusals' : 'reloads'] += 1
    const patienceEndsAt = performance.now() + patienceMs
    const isDone = async () =>
      isFaulty ? log.refusals >= counts.refusals : isServed(gateway, round)
    while (!(await isDone()) && performance.now() < patienceEndsAt) {
      await sleep(20, undefined, { signal: stopping })
    }
    const serves = await isServed(gateway, round)
    if (serves !== isFaulty) return
    running.fault(`generation ${round}, ${isFaulty ? 'faulty' : 'right'}, is served: ${serves}`)
  }

  async function disturb(round: number): Promise<void> {
    const subgraph = subgraphs[round % 2 === 0 ? 'reviews' : 'stock']
    const isHang = round % 4 >= 2
    counts[isHang ? 'hangs' : 'kills'] += 1
    if (isHang) subgraph.hang()
    else await subgraph.kill()
    await sleep(timing.outageMs, undefined, { signal: stopping })
    await subgraph.restore()
  }

  async function sample(): Promise<void> {
    const { heapUsedBytes } = await gateway.sample()
    heap.push({ atMs: performance.now() - startedAt, bytes: heapUsedBytes })
    const { answered, partial, wrong, late } = running.counts
    const second = Math.round((performance.now() - startedAt) / 1_000)
    note(
      `${second} s: ${answered} right (${partial} partial), ${wrong} wrong, ${late} late, ${log.reloads} reloads, heap ${(heapUsedBytes / 1e6).toFixed(1)} MB`,
    )
  }

  await Promise.all([
    repeat(timing.reloadEveryMs, reload),
    repeat(timing.outageEveryMs, disturb),
    repeat(timing.sampleEveryMs, sample),
    sleep(timing.durationMs, undefined, { signal: stopping }),
  ])
  await running.stop()
  note('settling')
  const after = await settle(gateway, before)
  const exitCode = await gateway.stop()
  return judgeSoak({
    durationMs: timing.durationMs,
    counts: running.counts,
    longestStarvationMs: starvation.longestMs(),
    reloads: { wanted: counts.reloads, done: log.reloads },
    refusals: { wanted: counts.refusals, done: log.refusals },
    outages: { kills: counts.kills, hangs: counts.hangs },
    heap,
    before,
    after,
    exitCode,
  })
}

async function startSubgraphs(
  lifecycle: Lifecycle,
): Promise<Readonly<Record<SubgraphName, DisturbedSubgraph>>> {
  const started = new Map<SubgraphName, DisturbedSubgraph>()
  for (const name of subgraphNames) {
    const subgraph = await startDisturbedSubgraph(soakSubgraphs[name])
    await lifecycle.own(name, subgraph.close)
    started.set(name, subgraph)
  }
  return mapNames((name) => {
    const subgraph = started.get(name)
    if (subgraph === undefined) throw new Error(`${name} is not started`)
    return subgraph
  })
}

function mapNames<Value>(toValue: (name: SubgraphName) => Value): Record<SubgraphName, Value> {
  return { products: toValue('products'), reviews: toValue('reviews'), stock: toValue('stock') }
}

/** Longer than the gateway keeps an idle connection to a subgraph; such a one is an open file, but no active resource. */
const keptAliveMs = 5_500

/** The sample of the idle gateway once its connections have timed out: not more than `wanted`, or after 20 s what there is. */
async function settle(gateway: SoakGateway, wanted?: ProcessSample): Promise<ProcessSample> {
  const patienceEndsAt = performance.now() + 20_000
  await sleep(keptAliveMs)
  let last = await gateway.sample()
  for (;;) {
    await sleep(1_000)
    const next = await gateway.sample()
    const isQuiet = countHandles(next) === countHandles(last) && next.openFiles === last.openFiles
    const isEnough =
      wanted === undefined ||
      (countHandles(next) <= countHandles(wanted) &&
        (next.openFiles ?? 0) <= (wanted.openFiles ?? 0))
    if ((isQuiet && isEnough) || performance.now() > patienceEndsAt) return next
    last = next
  }
}

async function isServed(gateway: SoakGateway, generation: number): Promise<boolean> {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query: `{ generation${generation} }` }),
  })
  // A field the schema lacks may come with status 200, as clients that accept plain JSON want it.
  return answer.ok && !(await answer.text()).includes('"errors"')
}
