import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** The same questions in DuckDB over a Parquet export of the units. */
export interface Yardstick {
  /** Milliseconds to count everything a question needs from the Parquet files. */
  askTotals(): Promise<number>
  askMatrix(): Promise<number>
  stop(): void
}

/**
 * Exports journeys and awards of a year to Parquet through DuckDB, from the text that Postgres' COPY writes.
 *
 * @param directory - Holds `journey.csv` and `award.csv`.
 */
export async function startDuckDb(directory: string): Promise<Yardstick> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  for (const name of ['journey', 'award']) {
    await connection.run(
      `copy (select * from read_csv('${join(directory, `${name}.csv`)}', header = true, all_varchar = true))
       to '${join(directory, `${name}.parquet`)}' (format parquet)`,
    )
  }
  const time = async (sql: string): Promise<number> => {
    const startedAt = performance.now()
    await connection.runAndReadAll(sql)
    return performance.now() - startedAt
  }
  return {
    askTotals: () =>
      time(`select pathway, status, count(distinct learner_key)
        from '${join(directory, 'journey.parquet')}' group by all`),
    askMatrix: () =>
      time(`select home_member, awarding_member, count(distinct learner_key)
        from '${join(directory, 'award.parquet')}' group by all`),
    stop: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
