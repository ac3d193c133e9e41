import type { Logger } from '../logger.js'
import type { Callers } from './callers.js'
import { openKeyFile } from './key-ring.js'

/** What a subgraph's process is told about its callers; exactly one of the two is set. */
export interface CallersConfig {
  /** File of the keys shared with the gateway. HUB_REQUEST_KEYS. */
  readonly requestKeysFile: string | undefined
  /** Whether to answer anybody instead, for work on one's own machine. HUB_ALLOW_UNSIGNED, default false. */
  readonly isUnsignedAllowed: boolean
}

/** Why such settings cannot be: a subgraph never opens itself to everybody by an omission. Undefined when they can. */
export function findCallersFault(
  { requestKeysFile, isUnsignedAllowed }: CallersConfig,
  isProduction: boolean,
): string | undefined {
  if (isUnsignedAllowed && isProduction) {
    return 'HUB_ALLOW_UNSIGNED: must not be true in production mode'
  }
  if ((requestKeysFile === undefined) !== isUnsignedAllowed) {
    return isUnsignedAllowed
      ? 'HUB_REQUEST_KEYS: must not be given together with HUB_ALLOW_UNSIGNED=true'
      : 'HUB_REQUEST_KEYS: needs the file of keys shared with the gateway (or HUB_ALLOW_UNSIGNED=true on your own machine)'
  }
  return undefined
}

/** @throws RuntimeFailure `CONFIG_INVALID` when the file of keys cannot be read. */
export async function openCallers(config: CallersConfig, log: Logger): Promise<Callers> {
  if (config.requestKeysFile !== undefined) {
    return { kind: 'gateway', keys: await openKeyFile(config.requestKeysFile, log) }
  }
  log.warn('unsigned requests are answered: anybody who reaches this port is anonymous here')
  return { kind: 'anyone' }
}
