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

/** Settings for the transactions that read events and roll them up. */
export async function planForBatches(statements: Statements, workMemoryMb: number): Promise<void> {
  await statements.query(`set local work_mem = '${Math.round(workMemoryMb)}MB'`)
  // Sizes and rough shares of temporary tables are all that plans need: the default would sample most of a batch.
  await statements.query('set local default_statistics_target = 10')
  // A batch knows whom it is about. Without this, ten thousand events would be looked up by reading every fact there is.
  await statements.query('set local random_page_cost = 1.1')
}

/** Settings for making a whole year anew: all of it is read, so nothing by an index, page after page in no order. */
export async function planForWholeYears(statements: Statements): Promise<void> {
  await statements.query('set local random_page_cost = 4')
}
