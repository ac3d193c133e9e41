import { readFile } from 'node:fs/promises'
import { importJWK, type JWK } from 'jose'
import { z } from 'zod'
import { HubError } from '../../schema/index.js'

/** Where a member tells the hub that its catalogue has changed, and the private key it signs with. */
export interface HubWebhook {
  /** `POST /webhooks/sync` of a gateway. */
  readonly url: string
  /** Ed25519; the register has its public half. */
  readonly key: JWK
  /** Whether the hub is there to be told. Absent: it is. */
  readonly isUp?: () => boolean
}

/** What a member's process needs to tell the hub of its syncs. */
export interface HubWebhookConfig {
  /** Address of a gateway. HUB_URL, needed with a key; without a key it does nothing. */
  readonly hubUrl: string | undefined
  /** File of the member's private key. HUB_WEBHOOK_KEY, default none: then the hub is not told. */
  readonly webhookKeyFile: string | undefined
}

/** The variables of {@link HubWebhookConfig}, for the schema of a configuration. */
export const hubWebhookVariables = {
  HUB_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  HUB_WEBHOOK_KEY: z.string().min(1).optional(),
}

/** What is wrong with the variables together, by variable; undefined when nothing is. */
export function findHubWebhookFault(config: HubWebhookConfig): string | undefined {
  return config.webhookKeyFile !== undefined && config.hubUrl === undefined
    ? 'HUB_URL: needs the address of a gateway when HUB_WEBHOOK_KEY is given'
    : undefined
}

/**
 * Reads {@link HubWebhookConfig} from environment variables.
 *
 * @throws HubError `CONFIG_INVALID` that names every variable at fault.
 */
export function readHubWebhookConfig(
  environment: Readonly<Record<string, string | undefined>>,
): HubWebhookConfig {
  const { data, error } = z.object(hubWebhookVariables).safeParse(environment)
  if (error !== undefined) {
    const problems = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new HubError('CONFIG_INVALID', { message: problems.join('; ') })
  }
  const config = { hubUrl: data.HUB_URL, webhookKeyFile: data.HUB_WEBHOOK_KEY }
  const fault = findHubWebhookFault(config)
  if (fault !== undefined) throw new HubError('CONFIG_INVALID', { message: fault })
  return Object.freeze(config)
}

const keySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1).exactOptional(),
})

/**
 * The hub to tell, undefined when none is configured. Does not ask whether it is there.
 *
 * @throws HubError `CONFIG_INVALID` when the file cannot be read or holds no private Ed25519 key.
 */
export async function openHubWebhook({
  hubUrl,
  webhookKeyFile,
}: HubWebhookConfig): Promise<HubWebhook | undefined> {
  if (hubUrl === undefined || webhookKeyFile === undefined) return undefined
  try {
    const key = keySchema.parse(JSON.parse(await readFile(webhookKeyFile, 'utf8')))
    await importJWK(key, 'EdDSA')
    return { url: new URL('/webhooks/sync', hubUrl).href, key }
  } catch (cause) {
    const reason = 'cannot be read, or holds no private Ed25519 key as JSON Web Key'
    const wayOut = '`npm run keys -- --webhook SLUG` makes one'
    const message = `HUB_WEBHOOK_KEY: ${webhookKeyFile} ${reason}; ${wayOut}`
    throw new HubError('CONFIG_INVALID', { message, cause })
  }
}
