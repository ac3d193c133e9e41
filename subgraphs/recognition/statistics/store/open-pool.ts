import { Pool } from 'pg'

export interface PoolOptions {
  /** URL of the server; its path is replaced. */
  readonly serverUrl: string
  readonly databaseName: string
  /** Most connections at a time. */
  readonly connections: number
  /** Told of a connection that broke while nobody asked anything of it. */
  readonly onBroken?: () => void
}

/**
 * Opens connections of statistics' own. One that breaks is replaced; without listeners, on the pool for those in it and on
 * the connection for those in use or being closed, it would end the process.
 */
export function openPool(options: PoolOptions): Pool {
  const { serverUrl, databaseName, connections, onBroken = () => undefined } = options
  const url = new URL(serverUrl)
  url.pathname = `/${databaseName}`
  const pool = new Pool({ connectionString: url.href, max: connections })
  pool.on('error', onBroken)
  // A statement under way fails by itself.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}
