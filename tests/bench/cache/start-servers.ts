import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDevelopmentIssuer, createDevelopmentKey } from '../../../gateway/index.js'
import {
  findFreePort,
  type Lifecycle,
  silentLogger,
  startRedis,
} from '../../../infra/runtime/index.js'
import type { MemberRegister } from '../../../schema/index.js'
import type { Cores } from '../process/cores.js'
import { type RunningGateway, startPinned } from '../process/start-pinned.js'

export interface BenchServers {
  /** Our gateway with its cache and a Redis. */
  readonly cached: RunningGateway
  /** Our gateway without. */
  readonly uncached: RunningGateway
  /** @apollo/gateway in front of our fan-out, which keeps nothing either. */
  readonly apollo: RunningGateway
  /** An access token that may purge. */
  readonly token: string
}

export interface ServerOptions {
  /** URLs of the members by slug. */
  readonly urls: readonly (readonly [slug: string, url: string])[]
  readonly directory: string
  readonly cores: Cores
  readonly env: Readonly<Record<string, string>>
  readonly lifecycle: Lifecycle
}

const gatewayMain = fileURLToPath(new URL('../../../gateway/main.js', import.meta.url))
const apolloMain = 'tests/bench/peers/apollo-gateway.mjs'

/** Starts everything that is measured; all of it runs the whole time, one at a time is asked. */
export async function startServers(options: ServerOptions): Promise<BenchServers> {
  const { urls, directory, cores, env, lifecycle } = options
  const register = toRegister(urls)
  const registerFile = join(directory, 'register.json')
  await writeFile(registerFile, JSON.stringify(register))
  const issuer = createDevelopmentIssuer(await createDevelopmentKey(), register)
  const issuerFile = join(directory, 'issuers.json')
  await writeFile(issuerFile, JSON.stringify({ issuers: [issuer.config] }))
  const token = await issuer.issueToken({ role: 'operator', scopes: ['hub:purge'] })
  const redis = await startRedis({
    port: 0,
    cacheDirectory: '.cache',
    searchPath: env.PATH ?? '',
    log: silentLogger,
  })
  await lifecycle.own('redis', redis.stop)

  async function startHub(own: Record<string, string>, place: Cores): Promise<RunningGateway> {
    const port = await findFreePort()
    const hub = await startPinned(
      { directory: process.cwd(), cores: place, env },
      {
        command: process.execPath,
        args: [gatewayMain, '--register', registerFile, '--port', String(port), '--workers', '1'],
        env: { HUB_ISSUERS: issuerFile, HUB_LOG_LEVEL: 'error', HUB_EXPLORER: 'false', ...own },
        url: `http://127.0.0.1:${port}/graphql`,
      },
    )
    await lifecycle.own(`hub at ${port}`, hub.stop)
    return hub
  }
  const cached = await startHub({ REDIS_URL: redis.url }, cores)
  const uncached = await startHub({ HUB_CACHE: 'false' }, cores)
  // Behind Apollo's gateway the fan-out is a subgraph, so it stands where subgraphs stand.
  const fanOut = await startHub({ HUB_CACHE: 'false' }, { ...cores, gateway: cores.others })
  const supergraphFile = join(directory, 'supergraph.graphql')
  const supergraph = await readFile('schema/supergraph.graphql', 'utf8')
  const place = `http://127.0.0.1:${new URL(fanOut.url).port}/subgraphs/catalogue`
  await writeFile(
    supergraphFile,
    supergraph.replaceAll('http://127.0.0.1:4000/subgraphs/catalogue', place),
  )
  const port = await findFreePort()
  const apollo = await startPinned(
    { directory: process.cwd(), cores, env },
    {
      command: process.execPath,
      args: [apolloMain, supergraphFile, String(port)],
      url: `http://127.0.0.1:${port}/`,
    },
  )
  await lifecycle.own('apollo', apollo.stop)
  return { cached, uncached, apollo, token }
}

function toRegister(urls: ServerOptions['urls']): MemberRegister {
  return {
    version: 'bench',
    sources: {},
    policies: {
      default: {
        residency: 'alliance',
        maxTtlSeconds: 600,
        staleWhileRevalidateSeconds: 60,
        staleIfErrorSeconds: 3_600,
        negativeTtlSeconds: 15,
      },
    },
    members: urls.map(([slug, endpoint]) => ({
      ...{ slug, endpoint, names: { en: slug }, countryCode: 'XX', jurisdiction: 'XX', city: slug },
      ...{ schacHomeOrganization: null, ror: null, erasmusCode: null, homepage: null },
      languages: ['en'],
      policy: 'default',
    })),
  }
}
