import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type GatewayConfig,
  loadTrustedDocuments,
  type RunningGateway,
  startGateway,
} from '../../gateway/index.js'
import { documentRoutes, loadMemberRegister, type MemberRegister } from '../../schema/index.js'
import {
  type CredentialSettings,
  type RecognitionOptions,
  startRecognition,
} from '../../subgraphs/recognition/index.js'
import {
  assertPortFree,
  chooseStateDirectory,
  findFreePort,
  type Lifecycle,
  type Logger,
} from '../runtime/index.js'
import type { LaunchConfig } from './config.js'
import { openHubIdentity } from './hub-identity.js'
import type { Progress } from './progress.js'
import { hasMemberFolder, type LaunchedMember, memberPort, startMembers } from './start-members.js'
import { type StoreUrls, startStores } from './start-stores.js'
import { createWebhookKeys } from './webhook-keys.js'

export interface HubOptions {
  readonly config: LaunchConfig
  readonly gatewayConfig: GatewayConfig
  /** Everything that starts is handed to it, in order; the caller stops it, also when the start fails. */
  readonly lifecycle: Lifecycle
  readonly progress: Progress
  readonly log: Logger
  readonly now: () => Date
}

export interface RunningHub {
  readonly gateway: RunningGateway
  readonly recognitionUrl: string
  readonly members: readonly LaunchedMember[]
}

/**
 * Starts stores, members, recognition and gateway in this process.
 *
 * @throws HubError or RuntimeFailure with the code an operator needs: `REGISTER_INVALID`, `PORT_TAKEN`,
 * `DATABASE_UNAVAILABLE`, `REDIS_UNAVAILABLE`, `SUPERGRAPH_INVALID`.
 */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const { config, lifecycle, progress, log, now } = options
  const gatewayConfig = await choosePort(options.gatewayConfig)
  // What can fail at once fails before anything is started.
  const { register, keys } = await createWebhookKeys(loadMemberRegister(config.registerFile))
  await assertPortsFree(config, gatewayConfig, register)
  const { documentsPath } = config
  const trustedDocuments =
    documentsPath === undefined ? [] : await loadTrustedDocuments(documentsPath)
  const identity = await openHubIdentity(config, gatewayConfig, register)
  const { databaseUrl, redisUrl } = await startStores(config, { lifecycle, progress, log })
  let isGatewayUp = false
  const [recognitionUrl, members] = await Promise.all([
    progress.step(
      'recognition',
      () =>
        launchRecognition(options, {
          register,
          databaseUrl,
          callers: identity.callersOf('recognition'),
          publicUrl: config.publicUrl ?? `http://${gatewayConfig.host}:${gatewayConfig.port}`,
        }),
      (url) => `up at ${url}`,
    ),
    progress.step(
      'members',
      (note) => {
        const count = countStarted(register.members.length, note)
        return startMembers(
          register,
          {
            ...{ config, databaseUrl, callersOf: identity.callersOf, lifecycle, log, now },
            webhook: {
              url: `http://${gatewayConfig.host}:${gatewayConfig.port}/webhooks/sync`,
              keys,
              // The syncs of the start come before it.
              isUp: () => isGatewayUp,
            },
          },
          count,
        )
      },
      summariseMembers,
    ),
  ])
  const [first] = members
  if (first?.kind === 'failed' && members.every(({ kind }) => kind === 'failed')) throw first.error
  const gateway = await progress.step(
    'gateway',
    async () =>
      startGateway({
        config: withStores(gatewayConfig, { databaseUrl, redisUrl }),
        issuers: identity.issuers,
        signingKeys: identity.signingKeys,
        register: atStartedUrls(register, members),
        supergraphSdl: await readContract(config, 'supergraph.graphql'),
        catalogueSdl: await readContract(config, 'catalogue.graphql'),
        contracts: new Map([['recognition', await readContract(config, 'recognition.graphql')]]),
        subgraphUrls: new Map([['recognition', recognitionUrl]]),
        documentRoutes,
        trustedDocuments,
        rootDirectory: config.rootDirectory,
        log: log.with({ room: 'gateway' }),
      }),
    ({ url }) => `serves at ${url}`,
  )
  isGatewayUp = true
  await lifecycle.own('gateway', gateway.stop, gatewayConfig.drainTimeoutMs + 5_000)
  return { gateway, recognitionUrl, members }
}

/** Links and issuer identifiers name the gateway's port before the gateway listens on it. */
async function choosePort(config: GatewayConfig): Promise<GatewayConfig> {
  return config.port === 0 ? { ...config, port: await findFreePort(config.host) } : config
}

/** The gateway's settings with the stores started here; a Redis of a jurisdiction stays where the environment says. */
function withStores(config: GatewayConfig, { databaseUrl, redisUrl }: StoreUrls): GatewayConfig {
  const urlsByJurisdiction = config.redis?.urlsByJurisdiction ?? new Map<string, string>()
  return { ...config, databaseUrl, redis: { allianceUrl: redisUrl, urlsByJurisdiction } }
}

async function assertPortsFree(
  config: LaunchConfig,
  gatewayConfig: GatewayConfig,
  register: MemberRegister,
): Promise<void> {
  await assertPortFree(
    gatewayConfig.host,
    gatewayConfig.port,
    'the gateway wants it; stop what uses it, or choose another with --port or HUB_PORT',
  )
  const hint = 'choose another range with --subgraph-port-base or HUB_SUBGRAPH_PORT_BASE'
  await assertPortFree(config.host, config.subgraphPortBase, `recognition wants it; ${hint}`)
  for (const [index, { slug }] of register.members.entries()) {
    if (!(await hasMemberFolder(slug))) continue
    await assertPortFree(config.host, memberPort(config, index), `${slug} wants it; ${hint}`)
  }
}

async function launchRecognition(
  { config, gatewayConfig, lifecycle, log, now }: HubOptions,
  place: Pick<RecognitionOptions, 'register' | 'databaseUrl' | 'publicUrl' | 'callers'>,
): Promise<string> {
  const recognition = await startRecognition({
    ...place,
    host: config.host,
    port: config.subgraphPortBase,
    dataDirectory: join(config.rootDirectory, 'subgraphs', 'recognition', 'data'),
    assetsDirectory: join(config.rootDirectory, 'subgraphs', 'recognition', 'pages', 'assets'),
    credentials: await findCredentialSettings(config, gatewayConfig.mode),
    // Nobody made up among real learners.
    hasSampleRecords: gatewayConfig.mode === 'development',
    evaluationThreads: 1,
    now,
    log: log.with({ subgraph: 'recognition' }),
  })
  await lifecycle.own('recognition', recognition.stop)
  return recognition.url
}

/** Keys lie with the state of this clone, so that what was issued verifies after a restart, too. */
async function findCredentialSettings(
  config: LaunchConfig,
  mode: GatewayConfig['mode'],
): Promise<CredentialSettings> {
  const state = config.stateDirectory ?? (await chooseStateDirectory(config.rootDirectory))
  return {
    keyDirectory: config.credentialKeys ?? join(state, 'credential-keys'),
    allowsTestKeys: mode !== 'production',
    shapesDirectory: config.elmShapes ?? join(config.rootDirectory, '..', 'shared', 'data', 'elm'),
    trustFile: config.trustedIssuersFile ?? null,
  }
}

function readContract(config: LaunchConfig, name: string): Promise<string> {
  return readFile(join(config.rootDirectory, 'schema', name), 'utf8')
}

/** The first start is long enough to be watched: a line for every few members that came up. */
function countStarted(total: number, note: (text: string) => void) {
  let count = 0
  return (launched: LaunchedMember) => {
    if (launched.kind === 'failed')
      note(`${launched.member.slug} did not start: ${launched.reason}`)
    if (launched.kind !== 'started') return
    count += 1
    if (count % 5 === 0) note(`${count} of ${total} are up`)
  }
}

function summariseMembers(members: readonly LaunchedMember[]): string {
  const started = members.filter(({ kind }) => kind === 'started').length
  const remote = members.filter(({ kind }) => kind === 'remote').length
  const elsewhere = remote === 0 ? '' : `, ${remote} elsewhere`
  return `${started} of ${members.length} up, with schema, data and port${elsewhere}`
}

/** The register says where members are in production; those started here are where they really listen. */
function atStartedUrls(
  register: MemberRegister,
  launched: readonly LaunchedMember[],
): MemberRegister {
  const urls = new Map(
    launched.flatMap((each) =>
      each.kind === 'started' ? [[each.member.slug, each.running.url] as const] : [],
    ),
  )
  return {
    ...register,
    members: register.members.map((member) => ({
      ...member,
      endpoint: urls.get(member.slug) ?? member.endpoint,
    })),
  }
}
