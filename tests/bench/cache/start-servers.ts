import { writeFile } from 'node:fs/promises'
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
import { installPeers } from '../engine/install-peers.js'
import type { Cores } from '../process/cores.js'
import { type RunningGateway, startPinned } from '../process/start-pinned.js'
import { startApolloCatalogue, startApolloGateway } from './start-apollo.js'

export interface BenchServers {
  /** Our gateway with its cache and a Redis. */
  readonly cached: RunningGateway
  /** Our gateway without. */
  readonly uncached: RunningGateway
  /** @apollo/gateway in front of a catalogue on Apollo's libraries, see `peer/`. */
  readonly apollo: RunningGateway
  /** @apollo/gateway in front of our fan-out, which keeps nothing either. */
  readonly apolloWithOurFanOut: RunningGateway
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
  readonly note: (text: string) => void
}

const gatewayMain = fileURLToPath(new URL('../../../gateway/main.js', import.meta.url))
const peersDirectory = join(process.cwd(), 'tests', 'bench', 'peers')

/**
 * Starts everything that is measured; all of it runs the whole time, one at a time is asked.
 *
 * @throws Error when one of them does not start, or Apollo's gateway cannot be installed.
 */
export async function startServers(options: ServerOptions): Promise<BenchServers> {
  const { urls, directory, cores, env, lifecycle } = options
  const reason = await installPeers(peersDirectory, options.note)
  if (reason !== null) throw new Error(reason)
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

  const flags = ['--register', registerFile, '--workers', '1']

  async function startHub(own: Record<string, string>): Promise<RunningGateway> {
    const port = await findFreePort()
    const hub = await startPinned(
      { directory: process.cwd(), cores, env },
      {
        command: process.execPath,
        // As `npm run gateway` does.
        args: ['--max-semi-space-size=64', gatewayMain, ...flags, '--port', String(port)],
        env: { HUB_ISSUERS: issuerFile, HUB_LOG_LEVEL: 'error', HUB_EXPLORER: 'false', ...own },
        url: `http://127.0.0.1:${port}/graphql`,
      },
    )
    await lifecycle.own(`hub at ${port}`, hub.stop)
    return hub
  }
  const cached = await startHub({ REDIS_URL: redis.url })
  const uncached = await startHub({ HUB_CACHE: 'false' })
  // With Apollo's gateway the fan-out is a process of its own. Both share the core that a gateway of ours has for both.
  const fanOut = await startHub({ HUB_CACHE: 'false' })
  const place = { directory: process.cwd(), cores, env }
  const apolloOptions = { place, directory, peersDirectory, lifecycle }
  const catalogue = await startApolloCatalogue(
    urls.map(([, url]) => url),
    apolloOptions,
  )
  const ourSubgraph = `http://127.0.0.1:${new URL(fanOut.url).port}/subgraphs/catalogue`
  return {
    cached,
    uncached,
    apollo: await startApolloGateway('apollo', catalogue.url, apolloOptions),
    apolloWithOurFanOut: await startApolloGateway('apollo-ours', ourSubgraph, apolloOptions),
    token,
  }
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
