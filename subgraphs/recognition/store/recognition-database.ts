import type { Logger } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import { HubError } from '../../../schema/index.js'
import { AwardEntity } from './award.entity.js'
import { JurisdictionEntity } from './jurisdiction.entity.js'
import { LearnerEntity } from './learner.entity.js'
import { LearningPathwayEntity } from './learning-pathway.entity.js'
import { MicroCredentialEntity } from './micro-credential.entity.js'
import { migrationList } from './migrations/migration-list.js'
import { StackedCredentialEntity } from './stacked-credential.entity.js'

/** Name of the database this subgraph owns; no other process may write to it. */
export const recognitionDatabaseName = 'hub_recognition'

/** Key of the Postgres advisory lock under which one process at a time migrates and seeds. */
const setUpLock = 7_316_001

export type RecognitionOrm = MikroORM

export interface DatabaseOptions {
  /** URL of the Postgres server; its path is replaced by the database's own name. */
  readonly databaseUrl: string
  /** Default {@link recognitionDatabaseName}. */
  readonly databaseName?: string
  /** Called with every SQL statement sent, without its values. */
  readonly onStatement?: (sql: string) => void
}

/**
 * Connects to the subgraph's own database and creates it when it is not there yet. The caller closes it.
 *
 * @throws HubError `DATABASE_UNAVAILABLE` when the server does not answer.
 */
export async function openRecognitionDatabase(options: DatabaseOptions): Promise<RecognitionOrm> {
  try {
    return await connectAndCreate(options)
  } catch {
    // Two processes that start together both see no database, and the slower one's "create" fails. Once more, from the
    // beginning: the failed one is still connected to the server's management database and would go on in that.
    try {
      return await connectAndCreate(options)
    } catch (cause) {
      throw new HubError('DATABASE_UNAVAILABLE', { subgraph: 'recognition', cause })
    }
  }
}

/** Runs the migrations that are missing, then `seed`, while no other process does either. */
export async function migrateAndSeed<Result>(
  orm: RecognitionOrm,
  seed: (em: RecognitionOrm['em']) => Promise<Result>,
): Promise<Result> {
  return orm.em.fork().transactional(async (em) => {
    await em.execute('select pg_advisory_xact_lock(?)', [setUpLock])
    const transaction = em.getTransactionContext()
    await orm.migrator.up(transaction ? { transaction } : {})
    return seed(em)
  })
}

async function connectAndCreate(options: DatabaseOptions): Promise<RecognitionOrm> {
  const { databaseUrl, databaseName = recognitionDatabaseName, onStatement } = options
  const url = new URL(databaseUrl)
  url.pathname = `/${databaseName}`
  const orm = new MikroORM({
    entities: [
      JurisdictionEntity,
      MicroCredentialEntity,
      LearningPathwayEntity,
      LearnerEntity,
      AwardEntity,
      StackedCredentialEntity,
    ],
    clientUrl: url.toString(),
    dbName: databaseName,
    extensions: [Migrator],
    migrations: { migrationsList: [...migrationList], snapshot: false, tableName: 'migration' },
    // The ORM's own logger writes to standard output, which is kept free; the statement count is a promise of this
    // subgraph (batched lookups), so tests listen in here.
    loggerFactory: () => createStatementLogger(onStatement),
  })
  try {
    await orm.schema.ensureDatabase()
    return orm
  } catch (error) {
    await orm.close(true)
    throw error
  }
}

function createStatementLogger(onStatement: ((sql: string) => void) | undefined): Logger {
  return {
    log: () => {},
    error: () => {},
    warn: () => {},
    logQuery: ({ query }) => onStatement?.(query ?? ''),
    setDebugMode: () => {},
    isEnabled: (namespace) => onStatement !== undefined && namespace === 'query',
  }
}
