import { z } from 'zod'
import { type ErrorCode, errorCodes, HubError } from '../../../schema/index.js'
import type { PurgeArguments } from './arguments.js'

const answerSchema = z.object({
  status: z.enum(['done', 'accepted']),
  scope: z.record(z.string(), z.unknown()),
  generations: z.record(z.string(), z.number()),
  propagation: z.object({
    isPublished: z.boolean(),
    isLogged: z.boolean(),
    withinSeconds: z.number(),
  }),
  id: z.string().nullable(),
  isErasing: z.boolean(),
  /** Entries erased, by place; only of a hard purge. */
  erased: z.record(z.string(), z.number()).optional(),
  coverage: z.enum(['everyProcess', 'someProcesses', 'thisProcess']).optional(),
  waitingFor: z.array(z.string()).optional(),
})

/** What a gateway says to a purge. */
export type PurgeAnswer = z.infer<typeof answerSchema>

export interface PurgeDeps {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly wait: (ms: number) => Promise<void>
}

const errorSchema = z.object({
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) }))
    .min(1),
})
const requestTimeoutMs = 15_000
const receiptTimeoutMs = 120_000
const receiptPollMs = 250

/**
 * Asks a gateway to purge, and for a hard purge waits for its receipt.
 *
 * @throws HubError with the gateway's own code; `SUBGRAPH_UNREACHABLE` when no gateway answers.
 */
export async function requestPurge(
  { url, token, body }: PurgeArguments,
  deps: PurgeDeps,
): Promise<PurgeAnswer> {
  const endpoint = new URL('/admin/purge', url).href
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = answerSchema.parse(await ask(endpoint, init, deps))
  if (!answer.isErasing || answer.id === null) return answer
  let latest = answer
  for (let waitedMs = 0; waitedMs < receiptTimeoutMs; waitedMs += receiptPollMs) {
    await deps.wait(receiptPollMs)
    const receipt = await ask(`${endpoint}/${answer.id}`, { headers }, deps).catch((error) => {
      if (error instanceof HubError && error.code === 'BAD_USER_INPUT') return undefined
      throw error
    })
    if (receipt === undefined) continue
    latest = answerSchema.parse({ ...answer, ...(receipt as object) })
    // A process that has ended without a word is not waited for any more after half a minute.
    if (latest.coverage !== 'someProcesses') return latest
  }
  return latest
}

async function ask(url: string, init: RequestInit, { fetch }: PurgeDeps): Promise<unknown> {
  const signal = AbortSignal.timeout(requestTimeoutMs)
  let response: Response
  try {
    response = await fetch(url, { ...init, signal })
  } catch (cause) {
    const message = `no gateway answers at ${new URL(url).origin}`
    throw new HubError('SUBGRAPH_UNREACHABLE', { message, cause })
  }
  const json: unknown = await response.json().catch(() => undefined)
  if (response.ok) return json
  const [error] = errorSchema.safeParse(json).data?.errors ?? []
  const code = error?.extensions.code ?? ''
  if (error === undefined || !isErrorCode(code)) {
    const message = `the gateway answered with HTTP status ${response.status}`
    throw new HubError('INTERNAL_SERVER_ERROR', { message })
  }
  throw new HubError(code, { message: error.message })
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code)
}

/** The answer for a person. */
export function formatPurge({
  status,
  scope,
  propagation,
  generations,
  erased,
  coverage,
  waitingFor = [],
}: PurgeAnswer): string {
  const what = Object.values(scope).join(' ')
  const where = propagation.isPublished
    ? 'all gateways were told'
    : `gateways learn of it from the log within ${propagation.withinSeconds} s`
  const lines = [
    `${status === 'done' ? 'purged' : 'accepted'}: ${what}; ${where}`,
    ...Object.entries(generations).map(([name, value]) => `  ${name} is at ${value}`),
    ...Object.entries(erased ?? {}).map(([place, count]) => `  erased ${count} in ${place}`),
  ]
  if (coverage === 'someProcesses') lines.push(`  not heard of: ${waitingFor.join(', ')}`)
  if (coverage === 'thisProcess') lines.push('  other gateways erase, too, but are not counted')
  if (!propagation.isLogged) lines.push('  not written down: there is no purge log, or it is down')
  return lines.join('\n')
}
