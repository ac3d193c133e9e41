import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Logger, readKeyFile } from '../../infra/runtime/index.js'
import {
  documentRoutes,
  HubError,
  type MemberRegister,
  parseMemberRegister,
} from '../../schema/index.js'
import { loadIssuers } from '../auth/load-issuers.js'
import type { GatewayProcessConfig } from '../read-config.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'
import { areSameDocuments, type GatewaySources } from './gateway-sources.js'

/** A gateway that serves sources and can change to others. */
export interface ServedGateway {
  readonly gateway: RunningGateway
  /**
   * Changes to other sources: supergraph first, then register.
   *
   * @throws HubError `SUPERGRAPH_INVALID`, `REGISTER_INVALID` or `CONFIG_INVALID`; then nothing has changed.
   */
  apply(sources: GatewaySources): Promise<void>
}

export interface ServeOptions {
  readonly config: GatewayProcessConfig
  readonly sources: GatewaySources
  /** Whether to offer our own example operations in the explorer. */
  readonly hasExamples: boolean
  /** The project's root. */
  readonly rootDirectory: string
  readonly log: Logger
}

/** Starts a gateway in this process; errors as `startGateway`. */
export async function serveGateway(options: ServeOptions): Promise<ServedGateway> {
  const { config, sources, rootDirectory, log } = options
  const { members } = sources
  const { signingKeysFile, issuersFile } = config
  const isProduction = config.gateway.mode === 'production'
  const issuers = issuersFile === undefined ? [] : await loadIssuers(issuersFile, isProduction)
  const signingKeys = signingKeysFile === undefined ? [] : await readKeyFile(signingKeysFile)
  const isOurs = members !== undefined
  if (isOurs && signingKeys.length === 0) demandKeys(config, log)
  const gateway = await startGateway({
    config: config.gateway,
    supergraphSdl: sources.supergraphSdl,
    ...(members && {
      register: parseRegister(members.registerText),
      catalogueSdl: members.catalogueSdl,
      documentRoutes,
      contracts: await loadContracts(rootDirectory),
    }),
    issuers,
    ...(signingKeys.length > 0 && { signingKeys }),
    subgraphUrls: config.subgraphUrls,
    trustedDocuments: sources.documents ?? [],
    rootDirectory,
    examplesDirectory: options.hasExamples ? join(rootDirectory, 'schema', 'operations') : null,
    log,
  })
  let served = sources
  return {
    gateway,
    async apply(next) {
      if (next.members !== undefined && next.members.catalogueSdl !== members?.catalogueSdl) {
        const message = 'other members or another contract need a restart of the gateway'
        throw new HubError('CONFIG_INVALID', { message })
      }
      const register = next.members && parseRegister(next.members.registerText)
      if (next.supergraphSdl !== served.supergraphSdl) gateway.swapSupergraph(next.supergraphSdl)
      if (!areSameDocuments(next, served)) gateway.trustDocuments(next.documents ?? [])
      const isNewRegister = next.members?.registerText !== served.members?.registerText
      served = next
      if (register !== undefined && isNewRegister) await gateway.applyRegister(register)
    },
  }
}

/** Subgraphs of ours refuse what is not signed; only one's own machine may do without. */
function demandKeys({ gateway }: GatewayProcessConfig, log: Logger): void {
  if (gateway.mode === 'production') {
    const message = 'HUB_SIGNING_KEYS needs the file of root keys in production mode'
    throw new HubError('CONFIG_INVALID', { message })
  }
  log.warn('calls to subgraphs are not signed: HUB_SIGNING_KEYS is not set')
}

/** The contracts of our own subgraphs beside the catalogue. Without one, nothing of that subgraph is kept. */
async function loadContracts(rootDirectory: string): Promise<ReadonlyMap<string, string>> {
  const file = join(rootDirectory, 'schema', 'recognition.graphql')
  const sdl = await readFile(file, 'utf8').catch(() => undefined)
  return new Map(sdl === undefined ? [] : [['recognition', sdl]])
}

function parseRegister(text: string): MemberRegister {
  return parseMemberRegister(text, 'of members')
}
