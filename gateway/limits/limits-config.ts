import type { EnvReader } from '../../infra/runtime/index.js'

/** How much one operation and one client may ask for. Part of `GatewayConfig`. */
export interface LimitsConfig {
  /** Most that one request may cost; beyond it 400 `COST_EXCEEDED`. HUB_COST_LIMIT, default 50000. */
  readonly costLimit: number
  /** Rows of a list whose size no directive and no argument says. HUB_LIST_SIZE, default 10, 1–10000. */
  readonly defaultListSize: number
  /** Deepest nesting of a variable's value. HUB_VARIABLES_DEPTH, default 20, 1–1000. */
  readonly variablesDepth: number
  /** Most entries of a list given as argument. HUB_LIST_ARGUMENT_LENGTH, default 1000, 1–100000. */
  readonly listArgumentLength: number
  /** Points an address without a token has per window, 0 for any number. HUB_RATE_ANONYMOUS, default 300000 in production, else 0. */
  readonly anonymousPoints: number
  /** Points a principal has per window, 0 for any number. HUB_RATE_PRINCIPAL, default 600000 in production, else 0. */
  readonly principalPoints: number
  /** Length of a window in s. HUB_RATE_WINDOW_SECONDS, default 60, 1–86400. */
  readonly windowSeconds: number
  /** Most calls under way to one member at the same time. HUB_MEMBER_CONCURRENCY, default 256, 1–10000. */
  readonly memberConcurrency: number
  /** Most calls to one member per second from this process, 0 for any number. HUB_MEMBER_RATE, default 200 in production, else 0. */
  readonly memberCallsPerSecond: number
  /**
   * Networks in which members may be, besides public addresses; for production, where nothing private is called otherwise.
   * HUB_MEMBER_NETWORKS, e.g. `10.20.0.0/16`, comma-separated, default none.
   */
  readonly memberNetworks: readonly string[]
}

export const defaultLimitsConfig: LimitsConfig = {
  costLimit: 50_000,
  defaultListSize: 10,
  variablesDepth: 20,
  listArgumentLength: 1_000,
  anonymousPoints: 0,
  principalPoints: 0,
  windowSeconds: 60,
  memberConcurrency: 256,
  memberCallsPerSecond: 0,
  memberNetworks: [],
}

const productionRates = {
  anonymousPoints: 300_000,
  principalPoints: 600_000,
  memberCallsPerSecond: 200,
}

/** Reads the limits' part of the configuration. */
export function readLimitsConfig(read: EnvReader, isProduction: boolean): LimitsConfig {
  const defaults = { ...defaultLimitsConfig, ...(isProduction && productionRates) }
  const positive = (name: string, fallback: number, max: number) =>
    read.integer(name, { default: fallback, min: 1, max })
  const points = (name: string, fallback: number) =>
    read.integer(name, { default: fallback, min: 0, max: 1_000_000_000 })
  return {
    costLimit: positive('HUB_COST_LIMIT', defaults.costLimit, 1_000_000_000),
    defaultListSize: positive('HUB_LIST_SIZE', defaults.defaultListSize, 10_000),
    variablesDepth: positive('HUB_VARIABLES_DEPTH', defaults.variablesDepth, 1_000),
    listArgumentLength: positive('HUB_LIST_ARGUMENT_LENGTH', defaults.listArgumentLength, 100_000),
    anonymousPoints: points('HUB_RATE_ANONYMOUS', defaults.anonymousPoints),
    principalPoints: points('HUB_RATE_PRINCIPAL', defaults.principalPoints),
    windowSeconds: positive('HUB_RATE_WINDOW_SECONDS', defaults.windowSeconds, 86_400),
    memberConcurrency: positive('HUB_MEMBER_CONCURRENCY', defaults.memberConcurrency, 10_000),
    memberCallsPerSecond: read.integer('HUB_MEMBER_RATE', {
      default: defaults.memberCallsPerSecond,
      min: 0,
      max: 1_000_000,
    }),
    memberNetworks: read.list('HUB_MEMBER_NETWORKS', { default: defaults.memberNetworks }),
  }
}
