export { type AccessRules, compileAccessRules } from './auth/access-rules.js'
export {
  createDevelopmentIssuer,
  createDevelopmentKey,
  type DevelopmentIssuer,
  type DevelopmentTokenRequest,
  developmentIssuerName,
} from './auth/development-issuer.js'
export { loadDevelopmentKey } from './auth/development-key-file.js'
export type { IssuerConfig } from './auth/issuer-config.js'
export { loadIssuers } from './auth/load-issuers.js'
export {
  defaultGatewayConfig,
  type GatewayConfig,
  type HubMode,
  type RedisPlaces,
} from './config.js'
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type EngineResult,
} from './engine/engine.js'
export { createOutcomeLog } from './engine/outcome-log.js'
export type { RequestContext } from './engine/request-context.js'
export type { SubgraphClient } from './engine/subgraph-client.js'
export { loadTrustedDocuments } from './process/trusted-documents.js'
export { readGatewayConfig } from './read-config.js'
export type { MemberStatus } from './registry/member-directory.js'
export { type GatewayOptions, type RunningGateway, startGateway } from './start-gateway.js'
export { createHttpSubgraphClient } from './transport/http-subgraph-client.js'
