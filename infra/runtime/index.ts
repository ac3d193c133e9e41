export { addCacheHints, type CacheHint } from './add-cache-hints.js'
export {
  type EmbeddedPostgresOptions,
  type RunningPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.js'
export { assertPortFree, findFreePort } from './free-port.js'
export { toGraphQLStatus } from './graphql-status.js'
export {
  type GuardedProcess,
  type GuardedProcessOptions,
  ProcessNotReady,
  startGuardedProcess,
} from './guarded-process.js'
export { createLifecycle, type Lifecycle, type SignalSource, stopOnSignals } from './lifecycle.js'
export { createLogger, type Logger, type LogLevel, logLevels, silentLogger } from './logger.js'
export { chooseStateDirectory } from './postgres-directory.js'
export { type EnvReader, readEnv } from './read-env.js'
export { fetchRedis, findRedisOnPath } from './redis-program.js'
export { type RedisOptions, type RunningRedis, startRedis } from './redis-server.js'
export { RuntimeFailure, type RuntimeFailureCode } from './runtime-failure.js'
export type { Callers } from './signed-requests/callers.js'
export { type KeyRing, readKeyFile, toKeyRing } from './signed-requests/key-ring.js'
export {
  type CallersConfig,
  findCallersFault,
  openCallers,
} from './signed-requests/open-callers.js'
export {
  createRootKey,
  deriveRequestKeys,
  printRequestKeys,
  type RequestKey,
} from './signed-requests/request-keys.js'
export { loadOrCreateRootKeys } from './signed-requests/root-key-file.js'
export { createRequestSigner, type RequestSigner } from './signed-requests/sign-requests.js'
export {
  type RunningServer,
  type SubgraphServerOptions,
  startSubgraphServer,
} from './subgraph-server.js'
export { createTransientMap, type TransientMap } from './transient-map.js'
