import { request as startRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { SubgraphName } from './soak-graph.js'
import { checkSoakAnswer, createSoakRequest, type SubgraphState } from './soak-request.js'

/** What the clients have seen. */
export interface LoadCounts {
  answered: number
  /** Answers in which something was null because a subgraph was away. */
  partial: number
  aborted: number
  /** Huge answers taken by clients that read slowly. */
  slowlyRead: number
  wrong: number
  late: number
  /** Answers that were late, or lacked what a subgraph was too slow for, while this process was held up itself. */
  starved: number
  slowestMs: number
  /** The first few things that went wrong. */
  readonly faults: string[]
}

export interface LoadOptions {
  readonly url: string
  readonly connections: number
  readonly slowClients: number
  /** Longest an answer may take, in ms. */
  readonly longestMs: number
  readonly random: () => number
  /** Told of every fault at once. */
  readonly note: (text: string) => void
  /** Whether this process was held up between two points in time. */
  readonly wasStarved: (from: number, to: number) => boolean
  readonly stateOf: (name: SubgraphName, from: number, to: number) => SubgraphState
}

export interface RunningLoad {
  readonly counts: LoadCounts
  /** Counts something else that went wrong. */
  fault(text: string): void
  /** Lets the requests under way finish and closes the connections. */
  stop(): Promise<void>
}

/** What the gateway answers when we, the subgraphs, were too slow. */
const timeoutCode = /"code":"(?:SUBGRAPH_TIMEOUT|DEADLINE_EXCEEDED|SUBGRAPH_CIRCUIT_OPEN)"/

const headers = { 'content-type': 'application/json' }

/** Keeps every connection busy: most requests are checked, some are aborted; beside them, clients that hardly read. */
export function startLoad(options: LoadOptions): RunningLoad {
  const { connections, slowClients, longestMs, random, stateOf, wasStarved } = options
  const url = new URL(options.url)
  const pool = new Pool(url.origin, { connections: connections + 4 })
  const counts: LoadCounts = {
    answered: 0,
    partial: 0,
    aborted: 0,
    slowlyRead: 0,
    wrong: 0,
    late: 0,
    starved: 0,
    slowestMs: 0,
    faults: [],
  }
  let isStopping = false

  function fault(kind: 'wrong' | 'late', text: string): void {
    counts[kind] += 1
    options.note(`${kind}: ${text}`)
    if (counts.faults.length < 10) counts.faults.push(`${kind}: ${text}`)
  }

  async function askChecked(): Promise<void> {
    const asked = createSoakRequest(random)
    const startedAt = performance.now()
    try {
      const { statusCode, body } = await pool.request({
        path: url.pathname,
        method: 'POST',
        headers,
        body: asked.body,
      })
      const text = await body.text()
      const endedAt = performance.now()
      const tookMs = endedAt - startedAt
      counts.slowestMs = Math.max(counts.slowestMs, tookMs)
      const isStarved = wasStarved(startedAt, endedAt)
      if (tookMs > longestMs && !isStarved) fault('late', `${Math.round(tookMs)} ms`)
      const wrong = checkSoakAnswer(asked, text, (name) => stateOf(name, startedAt, endedAt))
      if (isStarved && wrong !== undefined && timeoutCode.test(text)) counts.starved += 1
      else if (statusCode !== 200) fault('wrong', `status ${statusCode}: ${text.slice(0, 200)}`)
      else if (wrong === undefined) counts.answered += 1
      else fault('wrong', wrong)
      if (text.includes('"errors":')) counts.partial += 1
    } catch (error) {
      fault('wrong', `no answer: ${String(error)}`)
    }
  }

  async function askAndAbort(): Promise<void> {
    const signal = AbortSignal.timeout(1 + Math.floor(random() * 15))
    try {
      const { body } = createSoakRequest(random)
      const answer = await pool.request({
        path: url.pathname,
        method: 'POST',
        headers,
        body,
        signal,
      })
      await answer.body.text()
    } catch {
      counts.aborted += 1
    }
  }

  async function workClient(): Promise<void> {
    while (!isStopping) await (random() < 0.1 ? askAndAbort() : askChecked())
  }

  async function workSlowClient(): Promise<void> {
    while (!isStopping) {
      const asked = createSoakRequest(random, true)
      const startedAt = performance.now()
      try {
        const text = await readSlowly(url, asked.body, () => isStopping)
        const wrong = checkSoakAnswer(asked, text, () => 'up')
        if (wrong === undefined) counts.slowlyRead += 1
        else if (wasStarved(startedAt, performance.now()) && timeoutCode.test(text)) {
          counts.starved += 1
        } else fault('wrong', `to a slow client: ${wrong}`)
      } catch (error) {
        fault('wrong', `to a slow client: ${String(error)}`)
      }
    }
  }

  const working = Promise.all([
    ...Array.from({ length: connections }, workClient),
    ...Array.from({ length: slowClients }, workSlowClient),
  ])
  return {
    counts,
    fault: (text) => fault('wrong', text),
    async stop() {
      isStopping = true
      await working
      await pool.close()
    },
  }
}

/** Takes a piece of the answer every 50 ms, on a connection of its own. */
function readSlowly(url: URL, body: string, isHurried: () => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = startRequest(url, { method: 'POST', headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
        if (isHurried()) return
        response.pause()
        sleep(50).then(
          () => response.resume(),
          () => {},
        )
      })
      response.once('end', () => resolve(text))
      response.once('error', reject)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
