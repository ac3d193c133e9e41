import { z } from 'zod'
import {
  type CallersConfig,
  findCallersFault,
  type LogLevel,
  logLevels,
} from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import { findHubWebhookFault, type HubWebhookConfig, hubWebhookVariables } from './hub-webhook.js'

/** Configuration of a member's subgraph in a process of its own. */
export interface MemberConfig extends CallersConfig, HubWebhookConfig {
  /** URL of the Postgres server. DATABASE_URL, required. The member's database on it is `hub_<slug>`. */
  readonly databaseUrl: string
  /** Address to listen on. HUB_MEMBER_HOST, default 127.0.0.1. */
  readonly host: string
  /** Port to listen on. HUB_MEMBER_PORT, default that of the member's endpoint in the register; 0 picks a free one. */
  readonly port: number | undefined
  /** File of the member register. HUB_REGISTER, default schema/register/members.json. */
  readonly registerFile: string
  /** Directory of the member's data. HUB_MEMBER_DATA, default subgraphs/<slug>/data. */
  readonly dataDirectory: string
  /** Whether to read the source before serving. HUB_SYNC_ON_START, `true` or `false`, default true. */
  readonly syncOnStart: boolean
  /** HUB_LOG_LEVEL, default info. */
  readonly logLevel: LogLevel
}

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  HUB_MEMBER_HOST: z.string().min(1).default('127.0.0.1'),
  HUB_MEMBER_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port, 0–65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port, 0–65535')
    .optional(),
  HUB_REGISTER: z.string().min(1).default('schema/register/members.json'),
  HUB_MEMBER_DATA: z.string().min(1).optional(),
  HUB_SYNC_ON_START: z.enum(['true', 'false'], 'must be true or false').default('true'),
  HUB_REQUEST_KEYS: z.string().min(1).optional(),
  HUB_ALLOW_UNSIGNED: z.enum(['true', 'false'], 'must be true or false').default('false'),
  ...hubWebhookVariables,
  HUB_MODE: z.enum(['development', 'production']).default('development'),
  HUB_LOG_LEVEL: z.enum(logLevels).default('info'),
})

/**
 * Reads the configuration of the member `slug` from environment variables.
 *
 * @throws HubError `CONFIG_INVALID` that lists every problem by variable.
 */
export function readMemberConfig(
  environment: Readonly<Record<string, string | undefined>>,
  slug: string,
): MemberConfig {
  const result = environmentSchema.safeParse(environment)
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new HubError('CONFIG_INVALID', { message: problems.join('; ') })
  }
  const values = result.data
  const callers = {
    requestKeysFile: values.HUB_REQUEST_KEYS,
    isUnsignedAllowed: values.HUB_ALLOW_UNSIGNED === 'true',
  }
  const hub = { hubUrl: values.HUB_URL, webhookKeyFile: values.HUB_WEBHOOK_KEY }
  const faults = [
    findCallersFault(callers, values.HUB_MODE === 'production'),
    findHubWebhookFault(hub),
  ].filter((fault) => fault !== undefined)
  if (faults.length > 0) throw new HubError('CONFIG_INVALID', { message: faults.join('; ') })
  return Object.freeze({
    ...callers,
    ...hub,
    databaseUrl: values.DATABASE_URL,
    host: values.HUB_MEMBER_HOST,
    port: values.HUB_MEMBER_PORT,
    registerFile: values.HUB_REGISTER,
    dataDirectory: values.HUB_MEMBER_DATA ?? `subgraphs/${slug}/data`,
    syncOnStart: values.HUB_SYNC_ON_START === 'true',
    logLevel: values.HUB_LOG_LEVEL,
  })
}
