import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, startEmbeddedPostgres } from '../../infra/runtime/index.js'

export interface TestCluster {
  /** URL of a superuser. */
  readonly url: string
  /** Stops the server and removes its files. */
  drop(): Promise<void>
}

/**
 * A Postgres server of this suite's own. For suites that start several members: the kit names their databases
 * `hub_<slug>`, so two such suites cannot share the server of the run.
 */
export async function createTestCluster(): Promise<TestCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-cluster-'))
  // As root, Postgres runs as another user, who has to pass through.
  await chmod(directory, 0o711)
  const server = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'postgres'),
    port: 0,
    log: silentLogger,
    durable: false,
  })
  return {
    url: server.url,
    drop: async () => {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
