import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDevelopmentIssuer, createDevelopmentKey } from '../../../gateway/index.js'
import {
  createRootKey,
  findFreePort,
  type Lifecycle,
  printRequestKeys,
} from '../../../infra/runtime/index.js'
import { type PinnedPlace, type RunningGateway, startPinned } from '../process/start-pinned.js'

/** A gateway of one setting, and the token its clients show. */
export interface GuardedGateway {
  readonly name: string
  readonly gateway: RunningGateway
  readonly token: string | undefined
}

interface RowsOptions {
  readonly supergraphSdl: string
  readonly place: PinnedPlace
  readonly own: Lifecycle['own']
}

const gatewayMain = fileURLToPath(new URL('../../../gateway/main.js', import.meta.url))

/** Starts `open`, `token and rules`, and the same with signed calls to subgraphs. */
export async function startGuardedRows(options: RowsOptions): Promise<readonly GuardedGateway[]> {
  const { supergraphSdl, place, own } = options
  const inPlace = (name: string) => join(place.directory, name)
  const issuer = createDevelopmentIssuer(await createDevelopmentKey(), {
    version: 'bench',
    sources: {},
    policies: {},
    members: [],
  })
  const token = await issuer.issueToken({ role: 'analyst', scopes: ['stock:read'] })
  await writeFile(inPlace('issuers.json'), JSON.stringify({ issuers: [issuer.config] }))
  await writeFile(inPlace('keys.json'), printRequestKeys([createRootKey()]), { mode: 0o600 })
  await writeFile(inPlace('open.graphql'), supergraphSdl)
  await writeFile(inPlace('guarded.graphql'), guard(supergraphSdl))
  const issuers = { HUB_ISSUERS: inPlace('issuers.json') }
  const settings = [
    { name: 'open', file: 'open.graphql', env: {}, token: undefined },
    { name: 'token and rules', file: 'guarded.graphql', env: issuers, token },
    {
      name: 'token, rules and signed calls',
      file: 'guarded.graphql',
      env: { ...issuers, HUB_SIGNING_KEYS: inPlace('keys.json') },
      token,
    },
  ]
  const rows: GuardedGateway[] = []
  for (const { name, file, env, token: shown } of settings) {
    const port = await findFreePort()
    const gateway = await startPinned(
      { ...place, directory: process.cwd() },
      {
        command: process.execPath,
        // As `npm run gateway` does.
        args: [
          '--max-semi-space-size=64',
          gatewayMain,
          '--supergraph',
          inPlace(file),
          '--port',
          `${port}`,
          '--workers',
          '1',
        ],
        env: { HUB_LOG_LEVEL: 'warn', HUB_EXPLORER: 'false', ...env },
        url: `http://127.0.0.1:${port}/graphql`,
      },
    )
    await own(name, gateway.stop)
    rows.push({ name, gateway, token: shown })
  }
  return rows
}

/** Protects what the query reads: by a login, a scope and a role. */
function guard(supergraphSdl: string): string {
  const marks: readonly (readonly [RegExp, string])[] = [
    [/(topProducts\([^)]*\): \[Product!\]![^\n]*)/, '$1 @authenticated'],
    [/(inStock\([^)]*\): Boolean[^\n]*)/, '$1 @requiresScopes(scopes: [["stock:read"]])'],
    [/(\bprice: Int[^\n]*)/, '$1 @policy(policies: [["role:analyst"]])'],
  ]
  return marks.reduce(
    (sdl, [pattern, marked]) => {
      if (!pattern.test(sdl)) throw new Error(`the supergraph has nothing like ${pattern}`)
      return sdl.replace(pattern, marked)
    },
    `${supergraphSdl}
directive @authenticated on FIELD_DEFINITION
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION
`,
  )
}
