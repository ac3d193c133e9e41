import { join } from 'node:path'
import { DriverException } from '@mikro-orm/core'
import { GraphQLError } from 'graphql'
import {
  type Callers,
  type Logger,
  type RunningServer,
  startSubgraphServer,
} from '../../infra/runtime/index.js'
import type { MemberRegister } from '../../schema/index.js'
import { anonymousPrincipal, formatGraphQLError, readPrincipal } from '../../schema/index.js'
import type { CommandDeps } from './commands/run-command.js'
import {
  type CredentialSettings,
  type RunningCredentialOffice,
  startCredentialOffice,
} from './credential/office/start-credential-office.js'
import type { LocalisedText } from './domain/localised-text.js'
import { startFollowUp } from './follow-up/start-follow-up.js'
import { buildRecognitionSchema } from './graphql/build-recognition-schema.js'
import { createRecordLoaders } from './graphql/record-loaders.js'
import { createRequestLoaders, type RequestContext } from './graphql/request-context.js'
import { accreditationFile, loadAccreditations } from './intake/load-accreditations.js'
import { loadReferenceData } from './intake/load-reference-data.js'
import { addPassportRoutes } from './passport/passport-routes.js'
import { addPublicRoutes } from './public-routes.js'
import { seedSampleRecords } from './sample/seed-sample-records.js'
import { openPrivatePolicy } from './statistics/domain/disclosure-policy.js'
import { type RunningStatistics, startStatistics } from './statistics/start-statistics.js'
import { addStatisticsRoutes } from './statistics/statistics-routes.js'
import { forgetIdempotencyKeys } from './store/idempotency.store.js'
import { createRecognitionStore } from './store/recognition.store.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  recognitionDatabaseName,
} from './store/recognition-database.js'
import { seedReferenceData } from './store/reference-data.seeding.js'
import type { RunningWorker } from './store/start-worker.js'

/** A client that repeats a request does so within minutes; a month is for those that were switched off. */
const idempotencyKeyDays = 30
/** How long a mutation waits for what follows from it, so that its client reads it right away. It happens anyway. */
const followUpPatienceMs = 2_000

export interface RecognitionOptions {
  /** URL of the Postgres server; the database in it is the subgraph's own and is created when missing. */
  readonly databaseUrl: string
  /** Name of that database; default `hub_recognition`. */
  readonly databaseName?: string
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  /** Where clients reach the hub: the base of links, issuer identifiers and published keys. No slash at the end. */
  readonly publicUrl: string
  /** Whether what everybody may see of statistics is differentially private instead of rounded; default false. */
  readonly hasPrivateOpenStatistics?: boolean
  readonly register: MemberRegister
  /** Directory of the files of reference data. */
  readonly dataDirectory: string
  /** Directory of the pages' stylesheet and script. */
  readonly assetsDirectory: string
  /** Whom to answer: the gateway, or anyone. */
  readonly callers: Callers
  readonly credentials: CredentialSettings
  readonly now: () => Date
  /** Whether an empty database is filled with synthetic rules, learners and awards; default false. */
  readonly hasSampleRecords?: boolean
  /** How often to look for something to follow up that no commit of this process told of, in ms; default 5,000. */
  readonly followUpPollMs?: number
  /** Threads that evaluate many learners beside this one, e.g. after a rule changed; default 0: none. */
  readonly evaluationThreads?: number
  /** The module those threads run, when this one does not run from where it was built. */
  readonly threadModule?: URL
  readonly log: Logger
  /** Pause between two roll-ups of statistics, in ms; default a minute. Null: none are made here. */
  readonly statisticsEveryMs?: number | null
  /** Called with every SQL statement sent, without its values. */
  readonly onStatement?: (sql: string) => void
}

/** A running recognition subgraph: its port and URL, and how to stop it. */
export type RunningRecognition = RunningServer

/**
 * Starts the recognition subgraph: database, migrations, reference data, server.
 *
 * @throws HubError `REFERENCE_DATA_INVALID` with every fault of the data, `DATABASE_UNAVAILABLE`.
 */
export async function startRecognition(options: RecognitionOptions): Promise<RunningRecognition> {
  const { register, log, now } = options
  const startedAt = now().getTime()
  const memberJurisdictions = new Map(
    register.members.map((member) => [member.slug, member.jurisdiction]),
  )
  const { data, leftOut } = loadReferenceData(options.dataDirectory, memberJurisdictions)
  const accreditations = loadAccreditations(join(options.dataDirectory, accreditationFile))
  if (leftOut.length > 0) log.warn('left out: members not in the register', { ids: leftOut })
  const orm = await openRecognitionDatabase(options)
  let followUp: RunningWorker | undefined
  let statistics: RunningStatistics | undefined
  let credentials: RunningCredentialOffice | undefined
  try {
    const report = await migrateAndSeed(orm, async (em) => {
      const reference = await seedReferenceData(em, data)
      await forgetIdempotencyKeys(em, new Date(startedAt - idempotencyKeyDays * 86_400_000))
      if (!options.hasSampleRecords) return reference
      const members = register.members.map(({ slug }) => slug)
      const { dataDirectory } = options
      const sampleLearners = await seedSampleRecords(em, { members, dataDirectory, now: now() })
      return { ...reference, sampleLearners }
    })
    const { followUpPollMs: pollMs = 5_000 } = options
    const { evaluationThreads: threads = 0 } = options
    followUp = startFollowUp({
      em: orm.em,
      now,
      log,
      pollMs,
      evaluation: { threads, ...(options.threadModule && { threadModule: options.threadModule }) },
    })
    const { settle } = followUp
    await settle(followUpPatienceMs)
    credentials = await startCredentialOffice({
      ...options,
      em: orm.em,
      pollMs,
      issuingBody: data.issuingBody,
      accreditations,
    })
    const { office, worker } = credentials
    await worker.settle(followUpPatienceMs)
    const commands: CommandDeps = {
      em: orm.em,
      now,
      onCommitted: async () => {
        await Promise.all([settle(followUpPatienceMs), worker.settle(followUpPatienceMs)])
      },
    }
    statistics = await startStatistics({
      databaseUrl: options.databaseUrl,
      databaseName: options.databaseName ?? recognitionDatabaseName,
      register,
      now,
      log,
      ...(options.hasPrivateOpenStatistics && { openPolicy: openPrivatePolicy }),
      everyMs: options.statisticsEveryMs === undefined ? 60_000 : options.statisticsEveryMs,
    })
    const { service } = statistics
    const server = await startSubgraphServer<RequestContext>({
      schema: await buildRecognitionSchema(),
      host: options.host,
      port: options.port,
      callers: options.callers,
      createContext: async ({ signedPrincipal }) => {
        const em = orm.em.fork()
        const store = createRecognitionStore(em)
        return {
          principal: readPrincipal(signedPrincipal) ?? anonymousPrincipal,
          now,
          store,
          load: createRequestLoaders(store),
          records: createRecordLoaders(em),
          commands,
          statistics: service,
          office,
          publicUrl: options.publicUrl,
          wakeCredentialWorker: worker.wake,
          issuingBody: data.issuingBody,
          memberJurisdictions,
        }
      },
      addRoutes: (app) => {
        addPassportRoutes(app, {
          em: orm.em,
          memberNames: new Map(
            register.members.map(({ slug, names }) => [slug, names as LocalisedText]),
          ),
          now,
        })
        addStatisticsRoutes(app, {
          service,
          readPrincipal: ({ signedPrincipal }) =>
            readPrincipal(signedPrincipal) ?? anonymousPrincipal,
        })
        void app.register((routes) =>
          addPublicRoutes(routes, {
            em: orm.em,
            office,
            publicUrl: options.publicUrl,
            issuingBodyName: data.issuingBody.name,
            assetsDirectory: options.assetsDirectory,
            now,
          }),
        )
      },
      isReady: () => orm.isConnected(),
      formatError: (formatted, error) => {
        const shown = formatGraphQLError(formatted, error)
        // What is masked for the client would otherwise be lost.
        if (shown.extensions?.code === 'INTERNAL_SERVER_ERROR') logBug(log, error)
        return shown
      },
    })
    log.info('recognition is up', { url: server.url, tookMs: now().getTime() - startedAt, report })
    return {
      ...server,
      stop: async () => {
        await server.stop()
        await Promise.all([followUp?.stop(), credentials?.worker.stop()])
        await statistics?.stop()
        await orm.close(true)
      },
    }
  } catch (error) {
    await Promise.all([followUp?.stop(), credentials?.worker.stop()])
    await statistics?.stop()
    await orm.close(true)
    throw error
  }
}

function logBug(log: Logger, error: unknown): void {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error
  // A driver's message holds the statement with its values; where it happened says enough.
  const text =
    cause instanceof DriverException
      ? [cause.name, cause.code, cause.stack?.split('\n').filter(isFrame).join('\n')].join(' ')
      : cause instanceof Error
        ? cause.stack
        : String(cause)
  log.error('a field failed', { error: text })
}

function isFrame(line: string): boolean {
  return line.startsWith('    at ')
}
