import { importJWK, SignJWT } from 'jose'
import type { Logger } from '../../infra/runtime/index.js'
import { syncWebhookAudience } from '../../schema/index.js'
import type { SyncReport } from './domain/sync-report.js'
import type { HubWebhook } from './hub-webhook.js'

const timeoutMs = 5_000
const changedTypes = ['CourseOffering', 'LearningOpportunity']

/**
 * Tells the hub after a sync that changed something, so that nothing old is served from its cache. Never fails, and takes
 * 5 s at most: without the hub the catalogue is right all the same, and what the hub keeps ends by itself. A hub that was
 * not told is one warning.
 */
export async function tellHub(
  hub: HubWebhook,
  report: Pick<SyncReport, 'member' | 'added' | 'changed' | 'withdrawn'>,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const { member, added, changed, withdrawn } = report
  if (added + changed + withdrawn === 0 || hub.isUp?.() === false) return
  const reason = await send(hub, member).catch(describeFailure)
  if (reason === undefined) return
  const wayOut = `npm run purge -- --member ${member}`
  log.warn(
    `the hub was not told of the sync (${reason}): it may show what it kept for some minutes, or until \`${wayOut}\``,
  )
}

/** Why the hub did not take it; undefined when it did. */
async function send({ url, key }: HubWebhook, member: string): Promise<string | undefined> {
  const token = await new SignJWT({ types: changedTypes })
    .setProtectedHeader({ alg: 'EdDSA', ...(key.kid !== undefined && { kid: key.kid }) })
    .setIssuer(member)
    .setAudience(syncWebhookAudience)
    .setIssuedAt()
    .setExpirationTime('2 min')
    .sign(await importJWK(key, 'EdDSA'))
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  await answer.body?.cancel()
  if (answer.ok) return undefined
  const hint = answer.status === 401 ? "; is the key's public half in its register?" : ''
  return `it answered with HTTP status ${answer.status}${hint}`
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be reached'
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1_000} s`
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? `, ${String(cause.code)}` : ''
  return `it cannot be reached${code}`
}
