import { MikroORM } from '@mikro-orm/postgresql'

/** One connection for raw SQL in tests. */
export interface PostgresConnection {
  query(sql: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Connects to the database a URL names; rejects with the server's error and its `code` (SQLSTATE). */
export async function connectPostgres(url: string): Promise<PostgresConnection> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: 1 },
  })
  const connection = orm.em.getConnection()
  try {
    await connection.execute('select 1')
  } catch (error) {
    await orm.close(true)
    throw error
  }
  return {
    query: async (sql, parameters = []) => connection.execute(sql, [...parameters], 'all'),
    close: () => orm.close(true),
  }
}
