import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import {
  fetchRedis,
  findFreePort,
  findRedisOnPath,
  type GuardedProcess,
  startGuardedProcess,
} from '../../infra/runtime/index.js'

export interface RunningCluster {
  /** URL for the gateway: of one node, marked as a cluster's. */
  readonly url: string
  readonly ports: readonly number[]
  /** Ends the master with the slots of a key, at once; its replica takes over. */
  killMasterOf(key: string): Promise<void>
  /** Forbids or allows publishing and subscribing at every node; those who listen are cut off. */
  allowChannels(isAllowed: boolean): Promise<void>
  stop(): Promise<void>
}

const slotCount = 16_384

/**
 * Starts a Redis Cluster on loopback: three masters, with `withReplicas` each with a replica, so that one of them may
 * fail.
 */
export async function startRedisCluster(withReplicas = false): Promise<RunningCluster> {
  const searchPath = process.env.PATH ?? ''
  const program =
    (await findRedisOnPath(searchPath)) ??
    (await fetchRedis({
      cacheDirectory: join(process.cwd(), '.cache'),
      searchPath,
    }))
  const directory = await mkdtemp(join(tmpdir(), 'hub-redis-cluster-'))
  const nodes: {
    readonly port: number
    readonly server: GuardedProcess
    readonly client: Redis
  }[] = []
  const count = withReplicas ? 6 : 3
  for (let index = 0; index < count; index += 1) {
    const port = await findBusPort()
    const server = await startGuardedProcess({
      command: program.command,
      args: [
        ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
        ...['--cluster-enabled', 'yes', '--cluster-config-file', join(directory, `${port}.conf`)],
        ...['--cluster-announce-ip', '127.0.0.1', '--cluster-node-timeout', '1000'],
        ...['--maxmemory', '64mb', '--maxmemory-policy', 'volatile-lru'],
      ],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', ...program.env },
      stopSignal: 'INT',
      readyLine: /ready to accept connections/i,
      readyTimeoutMs: 20_000,
    })
    nodes.push({ port, server, client: new Redis(port, '127.0.0.1') })
  }
  for (const { client } of nodes) client.on('error', () => {})
  const [first, ...others] = nodes
  for (const { port } of others) await first?.client.cluster('MEET', '127.0.0.1', port)
  const masters = nodes.slice(0, 3)
  const share = Math.ceil(slotCount / masters.length)
  for (const [index, { client }] of masters.entries()) {
    const end = Math.min(slotCount, (index + 1) * share) - 1
    await client.cluster('ADDSLOTSRANGE', index * share, end)
  }
  await untilOk(
    nodes.map(({ client }) => client),
    count,
  )
  for (const [index, { client }] of nodes.slice(3).entries()) {
    const id = await masters[index]?.client.cluster('MYID')
    await client.cluster('REPLICATE', id ?? '')
  }
  if (withReplicas) await untilReplicated(masters.map(({ client }) => client))

  return {
    url: `redis://127.0.0.1:${first?.port}?cluster=true`,
    ports: nodes.map(({ port }) => port),
    async killMasterOf(key) {
      const slot = Number(await first?.client.cluster('KEYSLOT', key))
      await masters[Math.floor(slot / share)]?.server.stop()
    },
    async allowChannels(isAllowed) {
      const rule = isAllowed ? 'allchannels' : 'resetchannels'
      for (const { client } of nodes) {
        // A node that was killed cannot be told.
        await client.call('ACL', 'SETUSER', 'default', rule).catch(() => {})
      }
    },
    async stop() {
      for (const { client } of nodes) client.disconnect()
      await Promise.all(nodes.map(({ server }) => server.stop()))
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** A node's bus listens on its port plus 10000. */
async function findBusPort(): Promise<number> {
  for (;;) {
    const port = await findFreePort()
    if (port < 55_536) return port
  }
}

async function untilOk(clients: readonly Redis[], size: number): Promise<void> {
  for (const client of clients) {
    for (;;) {
      const info = String(await client.cluster('INFO'))
      if (info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${size}`)) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function untilReplicated(masters: readonly Redis[]): Promise<void> {
  for (const client of masters) {
    while (!String(await client.info('replication')).includes('state=online')) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
