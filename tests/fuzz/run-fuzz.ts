import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createRandomSource } from '../conformance/random/random-source.js'
import type { TestHub } from '../hub/start-test-hub.js'
import { findFault, type JudgedAnswer } from './check-answer.js'
import { plantSecrets } from './fuzz-secrets.js'
import { type HostileRequest, hostileRequest } from './hostile-request.js'

export interface FuzzOptions {
  readonly hub: TestHub
  readonly requests: number
  readonly seed: number
  /** Called every thousand requests. */
  readonly note: (text: string) => void
}

/** Something that must not have happened, with what made it happen. */
export interface FuzzFinding {
  readonly fault: string
  /** Number of the request in the stream of its seed. */
  readonly index: number
  readonly request: string
  readonly answer: string
}

export interface FuzzReport {
  readonly seed: number
  readonly requests: number
  /** Answers by HTTP status; `none` for connections the hub closed and requests no client could send. */
  readonly byStatus: Readonly<Record<string, number>>
  readonly byCode: Readonly<Record<string, number>>
  /** The longest wait for an answer in ms. */
  readonly longestMs: number
  readonly tookMs: number
  readonly findings: readonly FuzzFinding[]
  /** Masked errors: no leak, but each is a bug somewhere; the first twenty. */
  readonly maskedErrors: readonly FuzzFinding[]
}

const connections = 8
const answerTimeoutMs = 60_000

/** Sends a stream of hostile requests to a running hub and judges every answer. */
export async function runFuzz({ hub, requests, seed, note }: FuzzOptions): Promise<FuzzReport> {
  const { secrets, probes, tokens, isVisibleToOwner } = await plantSecrets(hub)
  if (!(await isVisibleToOwner())) throw new Error('the owner does not see what is to be protected')
  const directory = 'schema/operations'
  const operations = readdirSync(directory)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(join(directory, name), 'utf8'))
  const random = createRandomSource(seed)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const byStatus: Record<string, number> = {}
  const byCode: Record<string, number> = {}
  const findings: FuzzFinding[] = []
  const maskedErrors: FuzzFinding[] = []
  const startedAt = performance.now()
  let longestMs = 0
  let sent = 0

  const onCrash = (error: unknown): void => {
    findings.push({
      fault: 'an error nobody caught',
      index: sent,
      request: '',
      answer: String(error),
    })
  }
  process.on('uncaughtException', onCrash)
  process.on('unhandledRejection', onCrash)

  async function attack(index: number, asked: HostileRequest): Promise<void> {
    const before = performance.now()
    const answer = await exchange(hub.gateway.port, asked, agent)
    longestMs = Math.max(longestMs, performance.now() - before)
    byStatus[answer?.status ?? 'none'] = (byStatus[answer?.status ?? 'none'] ?? 0) + 1
    if (answer === undefined) return
    for (const code of new Set(
      [...answer.body.matchAll(/"code":"([A-Z_]{4,})"/g)].map(([, one]) => one ?? ''),
    )) {
      byCode[code] = (byCode[code] ?? 0) + 1
    }
    const fault = findFault(answer, secrets)
    const found = { index, request: describe(asked), answer: answer.body.slice(0, 500) }
    if (answer.body.includes('"INTERNAL_SERVER_ERROR"') && maskedErrors.length < 20) {
      maskedErrors.push({ fault: 'a masked error', ...found })
    }
    if (fault !== undefined) findings.push({ fault, ...found })
  }

  async function work(): Promise<void> {
    while (sent < requests) {
      const index = sent
      sent += 1
      // Made here, one after the other, so that the stream is the seed's whatever the order of answers.
      const asked = hostileRequest(random, { operations, probes }, tokens)
      await attack(index, asked)
      if (sent % 1_000 === 0) note(`${sent} of ${requests}, ${findings.length} findings`)
    }
  }

  try {
    await Promise.all(Array.from({ length: connections }, work))
    // Rejections of the last requests show a turn later.
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (!(await isVisibleToOwner())) {
      findings.push({
        fault: 'data changed or lost, or the hub is down',
        index: sent,
        request: '',
        answer: '',
      })
    }
  } finally {
    process.off('uncaughtException', onCrash)
    process.off('unhandledRejection', onCrash)
    agent.destroy()
  }
  const tookMs = Math.round(performance.now() - startedAt)
  return {
    seed,
    requests,
    byStatus,
    byCode,
    longestMs: Math.round(longestMs),
    tookMs,
    findings,
    maskedErrors,
  }
}

/** Over node:http, which sends what undici would refuse to; undefined when the connection ends without an answer. */
function exchange(
  port: number,
  { method, path, headers, body }: HostileRequest,
  agent: Agent,
): Promise<JudgedAnswer | undefined> {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) }
    try {
      const options = {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent,
        headers: { ...headers, ...length },
      }
      const asked = request(options, (answer) => {
        const contentType = String(answer.headers['content-type'] ?? '')
        text(answer).then(
          (read) => resolve({ status: answer.statusCode ?? 0, contentType, body: read }),
          () => resolve(undefined),
        )
      })
      asked.on('error', () => resolve(undefined))
      asked.setTimeout(answerTimeoutMs, () => asked.destroy())
      asked.end(body)
    } catch {
      // Not even node:http can send it.
      resolve(undefined)
    }
  })
}

function describe({ method, path, headers, body }: HostileRequest): string {
  return `${method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 300)} ${body?.toString('utf8').slice(0, 500) ?? ''}`
}
