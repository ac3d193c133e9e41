import type { Logger as OrmLogger } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import { migrationList } from './migrations/migration-list.js'

export type { EntityManager } from '@mikro-orm/postgresql'

/** Name of the gateway's own database; only gateways write to it. */
export const gatewayDatabaseName = 'hub_gateway'

/** Key of the Postgres advisory lock under which one process at a time migrates. */
const migrationLock = 7_316_004
const connectTimeoutMs = 3_000
const statementTimeoutMs = 5_000

export interface GatewayDatabaseOptions {
  /** URL of the Postgres server; its path is replaced by the database's own name. */
  readonly databaseUrl: string
  /** Default {@link gatewayDatabaseName}. */
  readonly databaseName?: string
  readonly log: Logger
}

/** The gateway's database. It is connected, created and migrated on first use, and again after a failure to do so. */
export interface GatewayDatabase {
  /**
   * Runs work with an entity manager of its own.
   *
   * @throws HubError `DATABASE_UNAVAILABLE` when the server does not answer; else what the work throws.
   */
  use<Result>(work: (em: EntityManager) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/**
 * A gateway serves without its database: nothing is opened here, and a failure is the failure of one use, not of the
 * process.
 */
export function createGatewayDatabase(options: GatewayDatabaseOptions): GatewayDatabase {
  let opening: Promise<MikroORM> | undefined
  let isClosed = false

  function open(): Promise<MikroORM> {
    if (isClosed) return Promise.reject(new HubError('SHUTTING_DOWN'))
    opening ??= openWithRetry(options).catch((cause: unknown) => {
      opening = undefined
      options.log.warn('the gateway database cannot be used', { error: describe(cause) })
      throw new HubError('DATABASE_UNAVAILABLE', { cause })
    })
    return opening
  }

  return {
    use: async (work) => {
      const orm = await open()
      try {
        return await work(orm.em.fork())
      } catch (cause) {
        if (isConnectionFailure(cause)) throw new HubError('DATABASE_UNAVAILABLE', { cause })
        throw cause
      }
    },
    close: async () => {
      isClosed = true
      const orm = await opening?.catch(() => undefined)
      await orm?.close(true)
    },
  }
}

/** Two processes that start together both see no database, and the slower one's "create" fails: once more. */
async function openWithRetry(options: GatewayDatabaseOptions): Promise<MikroORM> {
  try {
    return await connectAndMigrate(options)
  } catch {
    return await connectAndMigrate(options)
  }
}

async function connectAndMigrate(options: GatewayDatabaseOptions): Promise<MikroORM> {
  const { databaseUrl, databaseName = gatewayDatabaseName } = options
  const url = new URL(databaseUrl)
  url.pathname = `/${databaseName}`
  const orm = new MikroORM({
    entities: [],
    discovery: { warnWhenNoEntities: false },
    clientUrl: url.toString(),
    dbName: databaseName,
    pool: { min: 0, max: 4 },
    driverOptions: {
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs,
    },
    extensions: [Migrator],
    migrations: { migrationsList: [...migrationList], snapshot: false, tableName: 'migration' },
    // The ORM's own logger writes to standard output, which is kept free.
    loggerFactory: () => silentOrmLogger,
  })
  try {
    await orm.schema.ensureDatabase()
    await orm.em.fork().transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(?)', [migrationLock])
      const transaction = em.getTransactionContext()
      await orm.migrator.up(transaction ? { transaction } : {})
    })
    return orm
  } catch (error) {
    await orm.close(true)
    throw error
  }
}

/** SQLSTATE classes 08 (connection), 53 (resources) and 57P (the server shuts down), and the socket's own errors. */
function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(08|53|57P|ECONN|ENOTFOUND|EPIPE|ETIMEDOUT)/.test(code) || isConnectionFailure(error.cause)
  )
}

/** The code or the kind of failure: a driver's message holds addresses and the statement. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? String(error.code) : error.name
}

const silentOrmLogger: OrmLogger = {
  log: () => {},
  error: () => {},
  warn: () => {},
  logQuery: () => {},
  setDebugMode: () => {},
  isEnabled: () => false,
}
