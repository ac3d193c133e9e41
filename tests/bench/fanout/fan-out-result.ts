import { formatTable } from '../format-table.js'

/** What `--json` prints. Times in ms. */
export interface FanOutResult {
  /** Pages over members without a delay of their own, at 50 connections, by number of members. */
  readonly scaling: readonly ScalePoint[]
  readonly overhead: Overhead
  readonly blackHole: BlackHole
}

export interface ScalePoint {
  readonly members: number
  readonly rps: number
  readonly cpuMsPerRequest: number
  readonly p50: number
  readonly p99: number
  readonly rssMb: number
  readonly shares: CoreShares
}

/** How busy the gateway's core was with the gateway, and the other one with members and load, 0–1: near 1 it is the limit. */
export interface CoreShares {
  readonly gateway: number
  readonly membersAndLoad: number
}

/** Time of a page minus what its slowest member took itself, 13 members, 10 requests at a time. */
export interface Overhead {
  readonly pages: number
  readonly delayMs: number
  readonly spreadMs: number
  readonly slowestMember: number
  readonly page: number
  readonly median: number
  readonly p99: number
  readonly cpuMsPerRequest: number
  readonly shares: CoreShares
}

/** One of 13 members reads requests and never answers. */
export interface BlackHole {
  readonly deadlineMs: number
  readonly pages: number
  /** How many pages waited for the deadline; the others found the circuit open. */
  readonly waited: number
  readonly latest: number
  readonly lateBy: number
}

/** Prints the result for people. */
export function formatFanOutResult({ scaling, overhead, blackHole }: FanOutResult): string {
  const points = scaling.map(({ members, rps, cpuMsPerRequest, p50, p99, rssMb, shares }) => [
    String(members),
    rps.toFixed(0),
    cpuMsPerRequest.toFixed(3),
    (cpuMsPerRequest / members).toFixed(4),
    p50.toFixed(1),
    p99.toFixed(1),
    rssMb.toFixed(0),
    formatShares(shares),
  ])
  const head = [
    ...['members', 'pages/s', 'CPU ms/page', 'CPU ms/member', 'p50 ms', 'p99 ms', 'RSS MB'],
    'cores',
  ]
  return `${formatTable([head, ...points])}

overhead: median ${overhead.median.toFixed(2)} ms, p99 ${overhead.p99.toFixed(2)} ms over the slowest of 13 members (median ${overhead.slowestMember.toFixed(1)} ms, page ${overhead.page.toFixed(1)} ms, 10 at a time, ${overhead.pages} pages; CPU ${overhead.cpuMsPerRequest.toFixed(2)} ms/page; cores ${formatShares(overhead.shares)})
black hole: latest page ${blackHole.latest.toFixed(1)} ms at a deadline of ${blackHole.deadlineMs} ms (${blackHole.lateBy.toFixed(1)} ms late; ${blackHole.waited} of ${blackHole.pages} pages waited)
`
}

/** The gateway's core, then the other. */
function formatShares({ gateway, membersAndLoad }: CoreShares): string {
  return `${Math.round(gateway * 100)} % + ${Math.round(membersAndLoad * 100)} %`
}
