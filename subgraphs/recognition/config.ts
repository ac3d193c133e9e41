import { z } from 'zod'
import {
  type CallersConfig,
  findCallersFault,
  type LogLevel,
  logLevels,
} from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'

/** Configuration of a recognition process of its own. */
export interface RecognitionConfig extends CallersConfig {
  /** URL of the Postgres server. DATABASE_URL, required. The database itself is always the subgraph's own. */
  readonly databaseUrl: string
  /** Address to listen on. HUB_RECOGNITION_HOST, default 127.0.0.1. */
  readonly host: string
  /** Port to listen on. HUB_RECOGNITION_PORT, default 4100; 0 picks a free one. */
  readonly port: number
  /** Where clients reach the hub, without a slash at the end. HUB_PUBLIC_URL, default http://127.0.0.1:4000. */
  readonly publicUrl: string
  /** Whether open statistics are differentially private instead of rounded. HUB_OPEN_STATISTICS_PRIVATE, default false. */
  readonly hasPrivateOpenStatistics: boolean
  /** File of the member register. HUB_REGISTER, default schema/register/members.json. */
  readonly registerFile: string
  /** Directory of the reference data. HUB_RECOGNITION_DATA, default subgraphs/recognition/data. */
  readonly dataDirectory: string
  /** Directory of the pages' stylesheet and script. HUB_RECOGNITION_ASSETS, default subgraphs/recognition/pages/assets. */
  readonly assetsDirectory: string
  readonly credentials: {
    /** Directory of the issuing body's keys. HUB_CREDENTIAL_KEYS, default .data/credential-keys. */
    readonly keyDirectory: string
    /** Whether test keys are made and may seal: not when HUB_MODE is production. */
    readonly allowsTestKeys: boolean
    /** Directory of the European SHACL shapes. HUB_ELM_SHAPES, default none. */
    readonly shapesDirectory: string | null
    /** File of other issuers to trust. HUB_TRUSTED_ISSUERS, default none. */
    readonly trustFile: string | null
  }
  /** Whether an empty database gets synthetic rules, learners and awards. HUB_SAMPLE_RECORDS, default false. */
  readonly hasSampleRecords: boolean
  /** Threads that evaluate many learners after a rule changed. HUB_EVALUATION_THREADS, default 1, 0–16; 0: none. */
  readonly evaluationThreads: number
  /** HUB_LOG_LEVEL, default info. */
  readonly logLevel: LogLevel
}

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  HUB_RECOGNITION_HOST: z.string().min(1).default('127.0.0.1'),
  HUB_RECOGNITION_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port, 0–65535')
    .default('4100')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port, 0–65535'),
  HUB_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .default('http://127.0.0.1:4000')
    .transform((url) => url.replace(/\/+$/, '')),
  HUB_REGISTER: z.string().min(1).default('schema/register/members.json'),
  HUB_RECOGNITION_DATA: z.string().min(1).default('subgraphs/recognition/data'),
  HUB_RECOGNITION_ASSETS: z.string().min(1).default('subgraphs/recognition/pages/assets'),
  HUB_REQUEST_KEYS: z.string().min(1).optional(),
  HUB_ALLOW_UNSIGNED: z.enum(['true', 'false'], 'must be true or false').default('false'),
  HUB_MODE: z.enum(['development', 'production']).default('development'),
  HUB_CREDENTIAL_KEYS: z.string().min(1).default('.data/credential-keys'),
  HUB_ELM_SHAPES: z.string().min(1).nullable().default(null),
  HUB_TRUSTED_ISSUERS: z.string().min(1).nullable().default(null),
  HUB_OPEN_STATISTICS_PRIVATE: z.enum(['true', 'false'], 'must be true or false').default('false'),
  HUB_SAMPLE_RECORDS: z.enum(['true', 'false'], 'must be true or false').default('false'),
  HUB_EVALUATION_THREADS: z
    .string()
    .regex(/^(\d|1[0-6])$/, 'must be a number, 0–16')
    .default('1')
    .transform(Number),
  HUB_LOG_LEVEL: z.enum(logLevels).default('info'),
})

/**
 * Reads the configuration from the environment.
 *
 * @throws HubError `CONFIG_INVALID` that lists every problem by variable.
 */
export function readRecognitionConfig(
  environment: Readonly<Record<string, string | undefined>>,
): RecognitionConfig {
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
  const fault = findCallersFault(callers, values.HUB_MODE === 'production')
  if (fault !== undefined) throw new HubError('CONFIG_INVALID', { message: fault })
  return Object.freeze({
    ...callers,
    databaseUrl: values.DATABASE_URL,
    host: values.HUB_RECOGNITION_HOST,
    port: values.HUB_RECOGNITION_PORT,
    publicUrl: values.HUB_PUBLIC_URL,
    hasPrivateOpenStatistics: values.HUB_OPEN_STATISTICS_PRIVATE === 'true',
    registerFile: values.HUB_REGISTER,
    dataDirectory: values.HUB_RECOGNITION_DATA,
    assetsDirectory: values.HUB_RECOGNITION_ASSETS,
    credentials: {
      keyDirectory: values.HUB_CREDENTIAL_KEYS,
      allowsTestKeys: values.HUB_MODE !== 'production',
      shapesDirectory: values.HUB_ELM_SHAPES,
      trustFile: values.HUB_TRUSTED_ISSUERS,
    },
    hasSampleRecords: values.HUB_SAMPLE_RECORDS === 'true',
    evaluationThreads: values.HUB_EVALUATION_THREADS,
    logLevel: values.HUB_LOG_LEVEL,
  })
}
