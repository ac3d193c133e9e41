import type { Pool, PoolClient } from 'pg'

/** The little of a Postgres connection that statistics use: statements with values, one after another. */
export interface Statements {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's rows have the type the caller states
  query<Row extends object = any>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: Row[]; readonly rowCount: number | null }>
}

/** A pool's connection as {@link Statements}. */
export function toStatements(client: PoolClient | Pool): Statements {
  return {
    query: (sql, values = []) => client.query(sql, [...values]),
  }
}

/** Runs `work` in one transaction on a connection of its own; its error rolls everything back. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (statements: Statements) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('begin')
    const result = await work(toStatements(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {
      isBroken = true
    })
    throw error
  } finally {
    client.release(isBroken)
  }
}
