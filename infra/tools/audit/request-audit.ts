import { HubError } from '../../../schema/index.js'

export type AuditRow = Readonly<Record<string, unknown>>

export interface AuditQuestion {
  /** A gateway's address. */
  readonly url: string
  readonly token: string
  /** ISO 8601 in UTC. */
  readonly since: string
  readonly limit: string
  readonly subject: string | undefined
  readonly after: string | undefined
}

const timeoutMs = 10_000

/**
 * Asks a gateway for its audit trail.
 *
 * @throws HubError `SUBGRAPH_UNREACHABLE` when nobody answers, or with the gateway's own refusal.
 */
export async function requestAudit(question: AuditQuestion): Promise<readonly AuditRow[]> {
  const url = new URL('/audit', question.url)
  url.searchParams.set('since', question.since)
  url.searchParams.set('limit', question.limit)
  if (question.subject !== undefined) url.searchParams.set('subject', question.subject)
  if (question.after !== undefined) url.searchParams.set('after', question.after)
  const headers = { authorization: `Bearer ${question.token}` }
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) }).catch(
    (cause: unknown) => {
      const message = `no gateway answers at ${question.url}; start one with npm start, or name it with --url`
      throw new HubError('SUBGRAPH_UNREACHABLE', { message, cause })
    },
  )
  const body = await answer.json().catch(() => ({}))
  const { entries, errors } = body as {
    readonly entries?: readonly AuditRow[]
    readonly errors?: readonly { readonly message: string }[]
  }
  if (entries !== undefined) return entries
  const reason = errors?.[0]?.message ?? `status ${answer.status}`
  throw new Error(`${question.url} refuses: ${reason}`)
}
