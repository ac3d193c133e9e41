import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connectPostgres } from './connect-postgres.js'

export interface TestDatabase {
  /** URL of an empty database of this suite's own. */
  readonly url: string
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>
}

/**
 * Makes an empty database on the test server; drop it in `afterAll`.
 *
 * @param serverUrl - A superuser's URL; default the one of the test run.
 */
export async function createTestDatabase(
  serverUrl: string = inject('postgresUrl'),
): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await runOnServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => runOnServer(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

async function runOnServer(serverUrl: string, sql: string): Promise<void> {
  const server = await connectPostgres(serverUrl)
  try {
    await server.query(sql)
  } finally {
    await server.close()
  }
}
