import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '../../../infra/runtime/index.js'
import type { Cores } from '../process/cores.js'
import { type RunningGateway, startPinned } from '../process/start-pinned.js'

export interface FanOutGatewayOptions {
  /** URLs of the members by slug. */
  readonly urls: readonly (readonly [slug: string, url: string])[]
  /** Deadline of a member's answer. */
  readonly memberTimeoutMs: number
  /** Where the register is written. */
  readonly directory: string
  readonly cores: Cores
  readonly env: Readonly<Record<string, string>>
}

const gatewayMain = fileURLToPath(new URL('../../../gateway/main.js', import.meta.url))

/** Starts our gateway, as `npm run gateway` does, in one process with these members in its register. */
export async function startFanOutGateway(options: FanOutGatewayOptions): Promise<RunningGateway> {
  const { urls, memberTimeoutMs, directory, cores, env } = options
  const register = join(directory, `register-${urls.length}.json`)
  await writeFile(register, JSON.stringify(toRegister(urls)))
  const port = await findFreePort()
  return startPinned(
    { directory: process.cwd(), cores, env },
    {
      command: process.execPath,
      // As `npm run gateway` does.
      args: [
        '--max-semi-space-size=64',
        gatewayMain,
        '--register',
        register,
        '--port',
        String(port),
        '--workers',
        '1',
      ],
      env: {
        HUB_MEMBER_TIMEOUT_MS: String(memberTimeoutMs),
        HUB_LOG_LEVEL: 'error',
        HUB_EXPLORER: 'false',
        // What it measures is the fan-out; bench:cache measures the cache.
        HUB_CACHE: 'false',
      },
      url: `http://127.0.0.1:${port}/graphql`,
    },
  )
}

function toRegister(urls: FanOutGatewayOptions['urls']): object {
  return {
    version: 'bench',
    sources: {},
    policies: {
      default: {
        residency: 'none',
        maxTtlSeconds: 0,
        staleWhileRevalidateSeconds: 0,
        staleIfErrorSeconds: 0,
        negativeTtlSeconds: 0,
      },
    },
    members: urls.map(([slug, endpoint]) => ({
      slug,
      names: { en: slug },
      countryCode: 'XX',
      jurisdiction: 'XX',
      city: slug,
      schacHomeOrganization: null,
      ror: null,
      erasmusCode: null,
      languages: ['en'],
      endpoint,
      homepage: null,
      policy: 'default',
    })),
  }
}
