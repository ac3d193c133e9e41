import { Migrator } from '@mikro-orm/migrations'
import { type EntityManager, MikroORM, type PostgreSqlConnection } from '@mikro-orm/postgresql'
import { HubError } from '../../../schema/index.js'
import { isUnavailable, sqlState } from './database-failure.js'
import { catalogueMigrations } from './migrations/catalogue-migrations.js'
import { OfferingEntity } from './offering.entity.js'
import { OpportunityEntity } from './opportunity.entity.js'

/** Runs one statement with bound parameters `$1, $2, …` and returns its rows. */
export type SqlQuery = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>

/** A member's database, migrated and ready. */
export interface CatalogueDatabase {
  readonly query: SqlQuery
  /** A fresh unit of work; one per request or sync. */
  fork(): EntityManager
  /** Whether the database answers now. */
  isReady(): Promise<boolean>
  close(): Promise<void>
}

type Pool = Awaited<ReturnType<PostgreSqlConnection['getNativeClient']>>

/** Thirteen members share one server with 100 connections by default. */
const maximumConnections = 5
/** Any number that nothing else locks in a member's database. */
const migrationLock = 7_241_001
const connectTimeoutMs = 3_000
const statementTimeoutMs = 10_000

/**
 * Opens the database `hub_<slug>` on the server of `databaseUrl`, creating and migrating it when needed.
 *
 * @throws HubError `DATABASE_UNAVAILABLE` when the server cannot be reached or does not let us in.
 */
export async function openCatalogueDatabase(
  databaseUrl: string,
  slug: string,
): Promise<CatalogueDatabase> {
  const url = new URL(databaseUrl)
  url.pathname = `/hub_${slug}`
  try {
    return await connect(url.href).catch(async (error: unknown) => {
      if (sqlState(error) !== '3D000') throw error
      await createDatabase(databaseUrl, `hub_${slug}`)
      return connect(url.href)
    })
  } catch (cause) {
    throw isUnavailable(cause)
      ? new HubError('DATABASE_UNAVAILABLE', { member: slug, cause })
      : cause
  }
}

async function connect(url: string): Promise<CatalogueDatabase> {
  const orm = await initOrm(url)
  try {
    const pool = await orm.em.getConnection().getNativeClient()
    const query: SqlQuery = async <Row>(text: string, values: readonly unknown[]) => {
      try {
        const result = await pool.query<Row & object>(text, [...values])
        return result.rows
      } catch (cause) {
        throw isUnavailable(cause) ? new HubError('DATABASE_UNAVAILABLE', { cause }) : cause
      }
    }
    await migrate(orm, pool)
    return {
      query,
      fork: () => orm.em.fork(),
      isReady: () =>
        query('select 1', []).then(
          () => true,
          () => false,
        ),
      close: () => orm.close(true),
    }
  } catch (error) {
    await orm.close(true)
    throw error
  }
}

/** Asking for the names first costs one query; the migrator's own look-around costs a dozen on every start. */
async function migrate(orm: MikroORM, pool: Pool): Promise<void> {
  if (await isMigrated(pool)) return
  // Two replicas may start at once; the second waits here and then finds nothing to do.
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    if (!(await isMigrated(pool))) await orm.migrator.up()
    await client.query('select pg_advisory_unlock($1)', [migrationLock])
  } finally {
    client.release()
  }
}

async function isMigrated(pool: Pool): Promise<boolean> {
  const table = await pool.query("select to_regclass('mikro_orm_migrations') is not null as exists")
  if (!table.rows[0]?.exists) return false
  const { rows } = await pool.query<{ name: string }>('select name from mikro_orm_migrations')
  return catalogueMigrations.every(({ name }) => rows.some((row) => row.name === name))
}

async function createDatabase(databaseUrl: string, name: string): Promise<void> {
  const orm = await initOrm(databaseUrl)
  try {
    // Whatever the server's template has: the sort columns' code point order needs UTF-8, and nothing else of ours
    // depends on the locale.
    await orm.em
      .getConnection()
      .execute(
        `create database "${name}" encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0`,
      )
  } catch (error) {
    // Another process may have been faster; both want the same empty database.
    if (sqlState(error) !== '42P04' && sqlState(error) !== '23505') throw error
  } finally {
    await orm.close(true)
  }
}

function initOrm(url: string): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    entities: [OpportunityEntity, OfferingEntity],
    extensions: [Migrator],
    pool: { min: 0, max: maximumConnections },
    driverOptions: {
      // The ORM reads host, port and names only; Postgres' own parser also honours ?sslmode= and sockets.
      connectionString: url,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
    },
    migrations: { migrationsList: [...catalogueMigrations], snapshot: false, silent: true },
  })
}
