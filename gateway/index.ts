export { defaultGatewayConfig, type GatewayConfig, type RedisPlaces } from './config.js'
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type EngineResult,
} from './engine/engine.js'
export { createOutcomeLog } from './engine/outcome-log.js'
export type { RequestContext } from './engine/request-context.js'
export type { SubgraphClient } from './engine/subgraph-client.js'
export { readGatewayConfig } from './read-config.js'
export type { MemberStatus } from './registry/member-directory.js'
export { type GatewayOptions, type RunningGateway, startGateway } from './start-gateway.js'
export { createHttpSubgraphClient } from './transport/http-subgraph-client.js'
