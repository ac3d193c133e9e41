import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lifecycle } from '../../../infra/runtime/index.js'
import type { LoadOrder, LoadReport } from '../load/load-messages.js'
import { median } from '../median.js'
import { type Companion, startCompanion } from '../process/companion.js'
import { chooseCores } from '../process/cores.js'
import type { RunningGateway } from '../process/start-pinned.js'
import type { FanoutBenchArguments } from './arguments.js'
import { checkPage } from './check-page.js'
import type { BlackHole, CoreShares, FanOutResult, Overhead, ScalePoint } from './fan-out-result.js'
import type { MemberOrder, MembersHello, SlowestReply } from './member-messages.js'
import { createPageRequests } from './page-requests.js'
import { startFanOutGateway } from './start-fan-out-gateway.js'

export interface FanOutBenchOptions {
  readonly args: FanoutBenchArguments
  /** Everything that starts is handed to it; the caller stops it. */
  readonly lifecycle: Lifecycle
  readonly env: Readonly<Record<string, string | undefined>>
  readonly note: (text: string) => void
}

const sizes = [1, 13, 50, 100, 200]
const allianceSize = 13
const offeringsOfEach = 200
const blackHoleDeadlineMs = 800
const allowanceMs = 30_000

/**
 * Measures pages over 1 to 200 simulated members, the gateway's own share of a page's time, and a page with a member
 * that never answers.
 *
 * @throws Error when a page is wrong.
 */
export async function runFanOutBench(options: FanOutBenchOptions): Promise<FanOutResult> {
  const { args, lifecycle, note } = options
  const cores = chooseCores()
  if (!cores.isPinned) note('WARNING: nothing is pinned (no taskset, or one core): figures mix all')
  const directory = await mkdtemp(join(tmpdir(), 'bench-fanout-'))
  await lifecycle.own('directory', () => rm(directory, { recursive: true, force: true }))
  const members = startCompanion(
    new URL('members-process.js', import.meta.url),
    [String(Math.max(...sizes)), String(offeringsOfEach)],
    cores.others,
  )
  await lifecycle.own('members', members.stop)
  const load = startCompanion(new URL('../load/load-process.js', import.meta.url), [], cores.others)
  await lifecycle.own('load', load.stop)
  note(`starting ${Math.max(...sizes)} simulated members`)
  const { urls } = await members.hello<MembersHello>()
  const makePages = createPageRequests()
  const { PATH = '', HOME = '' } = options.env
  const env = { PATH, HOME, NODE_ENV: 'production' }

  async function behave(
    delayMs: number,
    spreadMs: number,
    hanging: readonly string[] = [],
  ): Promise<void> {
    await members.ask({ kind: 'behave', delayMs, spreadMs, hanging } satisfies MemberOrder)
  }

  /** Starts a gateway with so many members, uses it, stops it. */
  async function withGateway<Result>(
    size: number,
    memberTimeoutMs: number,
    use: (gateway: RunningGateway) => Promise<Result>,
  ): Promise<Result> {
    const gateway = await startFanOutGateway({
      urls: urls.slice(0, size),
      memberTimeoutMs,
      directory,
      cores,
      env,
    })
    await lifecycle.own(`gateway of ${size}`, gateway.stop)
    const [page] = makePages(1)
    const right = { members: size, totalCount: size * offeringsOfEach }
    await checkPage(gateway.url, page?.body ?? '', right)
    const result = await use(gateway)
    await gateway.stop()
    return result
  }

  async function ask(
    gateway: RunningGateway,
    order: Pick<LoadOrder, 'connections' | 'warmUpMs' | 'timedMs'> & { minimumBytes?: number },
  ): Promise<LoadReport & { readonly tags: readonly string[] }> {
    // More than can be asked for in this time: no page comes twice.
    const pages = makePages(Math.ceil((order.warmUpMs + order.timedMs) * 5))
    const report = await load.ask<LoadReport>({
      minimumBytes: 2_000,
      ...order,
      url: gateway.url,
      bodies: pages.map(({ body }) => body),
      gatewayPid: gateway.pid,
      companionPid: members.pid,
      isListing: true,
    } satisfies LoadOrder)
    if (report.failures > 0) throw new Error(`${report.failures} failures: ${report.failure}`)
    return { ...report, tags: pages.map(({ tag }) => tag) }
  }

  const scaling: ScalePoint[] = []
  for (const size of sizes) {
    await behave(0, 0)
    const point = await withGateway(size, allowanceMs / 3, async (gateway) => {
      const report = await ask(gateway, { connections: 50, ...args.timing })
      return toScalePoint(size, report)
    })
    await takeSlowest(members)
    note(`${size} members: ${point.rps} pages/s, ${point.cpuMsPerRequest} ms CPU`)
    scaling.push(point)
  }

  const overhead = await withGateway(allianceSize, allowanceMs / 3, async (gateway) => {
    await behave(args.delayMs, args.spreadMs)
    const report = await ask(gateway, { connections: 10, ...args.timing })
    const { list, tags } = report
    const pages = list.map(([body, tookMs]) => ({ tag: tags[body] ?? '', tookMs }))
    return toOverhead(args, report, pages, await takeSlowest(members))
  })
  note(`overhead: median ${overhead.median} ms`)

  await behave(0, 0)
  const blackHole = await withGateway(allianceSize, blackHoleDeadlineMs, async (gateway) => {
    // Warm first: the deadline is about the members' answers, not about a compiler at work.
    await ask(gateway, { connections: 10, ...args.timing })
    await behave(0, 0, [urls[0]?.[0] ?? ''])
    // On a busy machine others may miss the deadline, too: a short page is a page.
    const order = { connections: 10, warmUpMs: 0, timedMs: 3_000, minimumBytes: 1 }
    const { list } = await ask(gateway, order)
    return toBlackHole(list.map(([, tookMs]) => tookMs))
  })
  return { scaling, overhead, blackHole }
}

async function takeSlowest(members: Companion): Promise<ReadonlyMap<string, number>> {
  const { slowest } = await members.ask<SlowestReply>({ kind: 'slowest' } satisfies MemberOrder)
  return slowest
}

function toScalePoint(members: number, report: LoadReport): ScalePoint {
  return {
    members,
    rps: round(report.rps),
    cpuMsPerRequest: round(report.cpuMsPerRequest),
    p50: round(report.p50),
    p99: round(report.p99),
    rssMb: round(report.rssMb),
    shares: toShares(report),
  }
}

function toShares({ gatewayShare, loadShare }: LoadReport): CoreShares {
  return { gateway: round(gatewayShare), membersAndLoad: round(loadShare) }
}

function toOverhead(
  { delayMs, spreadMs }: FanoutBenchArguments,
  report: LoadReport,
  pages: readonly { readonly tag: string; readonly tookMs: number }[],
  slowest: ReadonlyMap<string, number>,
): Overhead {
  const known = pages.flatMap(({ tag, tookMs }) => {
    const slowestMs = slowest.get(tag)
    return slowestMs === undefined ? [] : [{ tookMs, slowestMs }]
  })
  if (known.length === 0) throw new Error('no member saw the tag of any page')
  const over = known.map(({ tookMs, slowestMs }) => tookMs - slowestMs).sort((a, b) => a - b)
  return {
    pages: known.length,
    delayMs,
    spreadMs,
    slowestMember: round(median(known.map(({ slowestMs }) => slowestMs))),
    page: round(median(known.map(({ tookMs }) => tookMs))),
    median: round(median(over)),
    p99: round(over[Math.floor(over.length * 0.99)] ?? Number.NaN),
    cpuMsPerRequest: round(report.cpuMsPerRequest),
    shares: toShares(report),
  }
}

function toBlackHole(tookMs: readonly number[]): BlackHole {
  const latest = Math.max(...tookMs)
  return {
    deadlineMs: blackHoleDeadlineMs,
    pages: tookMs.length,
    waited: tookMs.filter((each) => each > blackHoleDeadlineMs / 2).length,
    latest: round(latest),
    lateBy: round(latest - blackHoleDeadlineMs),
  }
}

function round(value: number): number {
  return Number(value.toFixed(3))
}
