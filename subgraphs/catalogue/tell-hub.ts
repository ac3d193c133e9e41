import { importJWK, type JWK, SignJWT } from 'jose'
import type { Logger } from '../../infra/runtime/index.js'
import { syncWebhookAudience } from '../../schema/index.js'
import type { SyncReport } from './domain/sync-report.js'

/** Where a member tells the hub that its catalogue has changed, and the private key it signs with. */
export interface HubWebhook {
  /** `POST /webhooks/sync` of a gateway. */
  readonly url: string
  /** Ed25519; the register has its public half. */
  readonly key: JWK
}

const timeoutMs = 5_000
const changedTypes = ['CourseOffering', 'LearningOpportunity']

/**
 * Tells the hub after a sync that changed something, so that nothing old is served from its cache. Never fails: without the
 * hub the catalogue is right all the same, and what the hub keeps ends by itself.
 */
export async function tellHub(
  { url, key }: HubWebhook,
  { member, added, changed, withdrawn }: SyncReport,
  log: Logger,
): Promise<void> {
  if (added + changed + withdrawn === 0) return
  try {
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
    if (!answer.ok) log.warn('the hub did not take the news of a sync', { status: answer.status })
  } catch (error) {
    log.info('the hub could not be told of a sync', {
      error: error instanceof Error ? error.name : '',
    })
  }
}
