import { join } from 'node:path'
import {
  createDevelopmentIssuer,
  type GatewayConfig,
  type IssuerConfig,
  loadDevelopmentKey,
  loadIssuers,
} from '../../gateway/index.js'
import type { MemberRegister } from '../../schema/index.js'
import {
  type Callers,
  chooseStateDirectory,
  deriveRequestKeys,
  loadOrCreateRootKeys,
  type RequestKey,
  toKeyRing,
} from '../runtime/index.js'
import type { LaunchConfig } from './config.js'

/** Whom the processes of a hub believe: whose tokens the gateway takes, and whose requests the subgraphs answer. */
export interface HubIdentity {
  readonly issuers: readonly IssuerConfig[]
  readonly signingKeys: readonly RequestKey[]
  /** The gateway, by the key of this subgraph. */
  callersOf(subgraph: string): Callers
}

/**
 * Opens the keys in the state folder, making them at the first start. Tokens of `npm run token` are taken in development
 * mode; in production mode, those of HUB_ISSUERS alone.
 *
 * @throws HubError or RuntimeFailure `CONFIG_INVALID`.
 */
export async function openHubIdentity(
  config: LaunchConfig,
  { mode }: GatewayConfig,
  register: MemberRegister,
): Promise<HubIdentity> {
  const { issuersFile } = config
  const isProduction = mode === 'production'
  const state = config.stateDirectory ?? (await chooseStateDirectory(config.rootDirectory))
  const signingKeys = await loadOrCreateRootKeys(join(state, 'signing-keys.json'))
  const real = issuersFile === undefined ? [] : await loadIssuers(issuersFile, isProduction)
  const development = isProduction
    ? []
    : [createDevelopmentIssuer(await loadDevelopmentKey(state), register).config]
  return {
    issuers: [...development, ...real],
    signingKeys,
    callersOf: (subgraph) => ({
      kind: 'gateway',
      keys: toKeyRing(deriveRequestKeys(signingKeys, subgraph)),
    }),
  }
}
