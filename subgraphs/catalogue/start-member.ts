import { type Callers, type Logger, startSubgraphServer } from '../../infra/runtime/index.js'
import {
  anonymousPrincipal,
  formatGraphQLError,
  HubError,
  type RegisteredMember,
  readPrincipal,
} from '../../schema/index.js'
import type { MemberDefinition } from './domain/member-definition.js'
import type { SyncReport } from './domain/sync-report.js'
import { type CatalogueContext, createCatalogueContext } from './graphql/catalogue-context.js'
import { toCatalogueMember } from './graphql/catalogue-member.js'
import { loadCatalogueSchema } from './graphql/catalogue-schema.js'
import type { HubWebhook } from './hub-webhook.js'
import { syncCatalogue } from './intake/sync-catalogue.js'
import { openCatalogueDatabase } from './store/catalogue-database.js'
import { createPostgresWriter } from './store/postgres-writer.js'
import { tellHub } from './tell-hub.js'

export interface MemberOptions {
  readonly definition: MemberDefinition
  readonly registered: RegisteredMember
  /** The member folder's `data/`. */
  readonly dataDirectory: string
  /** URL of a Postgres server; the member's database on it is `hub_<slug>`. */
  readonly databaseUrl: string
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  /** Whom to answer: the gateway, or anyone. */
  readonly callers: Callers
  readonly now: () => Date
  readonly log: Logger
  /** Read the source before serving. A source that fails is logged; the catalogue of the last sync is served. */
  readonly syncOnStart: boolean
  /** The hub to tell of changes; absent: what it keeps ends by itself. */
  readonly hub?: HubWebhook
}

/** A member's subgraph that serves. */
export interface RunningMember {
  readonly slug: string
  /** URL of the GraphQL endpoint. */
  readonly url: string
  readonly port: number
  countOfferings(): Promise<number>
  /** Reads the source now; a sync that is under way is joined. Throws what `syncCatalogue` throws. */
  sync(): Promise<SyncReport>
  /** Stops syncing and serving, then closes the database. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts one member's subgraph: its database, a sync of its source, its server.
 *
 * @throws HubError `DATABASE_UNAVAILABLE`; Node's `EADDRINUSE` when the port is taken.
 */
export async function startMember(options: MemberOptions): Promise<RunningMember> {
  const { definition, registered, log, now } = options
  const { slug } = registered
  if (definition.profile.slug !== slug) {
    throw new RangeError(`the definition of '${definition.profile.slug}' cannot run as '${slug}'`)
  }
  const member = toCatalogueMember(registered, definition.profile)
  const database = await openCatalogueDatabase(options.databaseUrl, slug)
  const stopping = new AbortController()
  const writer = createPostgresWriter(database, { slug, languages: member.languages })
  const sync = shareRunning(() => runSync(options, writer, stopping.signal))
  const createContext = (principal = anonymousPrincipal) =>
    createCatalogueContext(member, database.query, now(), principal)
  try {
    if (options.syncOnStart)
      await sync.run().catch((error: unknown) => toleratedFailure(error, log))
    const server = await startSubgraphServer<CatalogueContext>({
      schema: await loadCatalogueSchema(),
      host: options.host,
      port: options.port,
      callers: options.callers,
      createContext: async ({ signedPrincipal }) =>
        createContext(readPrincipal(signedPrincipal) ?? anonymousPrincipal),
      isReady: database.isReady,
      formatError: (formatted, error) => {
        const shown = formatGraphQLError(formatted, error)
        // What is masked for the client would otherwise be lost.
        if (shown.extensions?.code === 'INTERNAL_SERVER_ERROR') logBug(error, log)
        return shown
      },
    })
    let stopped: Promise<void> | undefined
    return {
      slug,
      url: server.url,
      port: server.port,
      countOfferings: () => createContext().reader.countOfferings({}),
      sync: sync.run,
      stop: () => {
        stopping.abort(new HubError('SHUTTING_DOWN'))
        stopped ??= server
          .stop()
          // A transaction under way ends by itself; closing beneath it would only make it fail louder.
          .finally(sync.settled)
          .finally(database.close)
        return stopped
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function runSync(
  { definition, registered, dataDirectory, now, log, hub }: MemberOptions,
  writer: ReturnType<typeof createPostgresWriter>,
  signal: AbortSignal,
): Promise<SyncReport> {
  const source = definition.openSource(dataDirectory)
  const member = registered.slug
  const report = await syncCatalogue({ member, definition, source, writer, now, signal })
  const { faults, ...counts } = report
  log.info('catalogue synced', { ...counts })
  if (hub !== undefined) await tellHub(hub, report, log)
  for (const { index, localId, path, code, message } of faults) {
    log.warn('record rejected', { index, localId, path, code, fault: message })
  }
  return report
}

/** A source that cannot be read must not take the catalogue of the last sync off the air; no database must. */
function toleratedFailure(error: unknown, log: Logger): void {
  if (!(error instanceof HubError) || error.code === 'DATABASE_UNAVAILABLE') throw error
  log.error('sync failed, serving the catalogue of the last one', {
    code: error.code,
    reason: error.message,
  })
}

function logBug(error: unknown, log: Logger): void {
  const original = error instanceof Error && 'originalError' in error ? error.originalError : error
  log.error('a request failed', {
    stack: original instanceof Error ? original.stack : String(original),
  })
}

/** Calls that come while one is under way get its result; `settled` waits for it without failing. */
function shareRunning<Result>(start: () => Promise<Result>) {
  let running: Promise<Result> | undefined
  return {
    run: (): Promise<Result> => {
      running ??= start().finally(() => {
        running = undefined
      })
      return running
    },
    settled: async (): Promise<void> => {
      await Promise.allSettled([running])
    },
  }
}
