export { defaultGatewayConfig, type GatewayConfig } from './config.js'
export { readGatewayConfig } from './read-config.js'
export type { MemberStatus } from './registry/member-directory.js'
export { type GatewayOptions, type RunningGateway, startGateway } from './start-gateway.js'
