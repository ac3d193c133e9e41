export { createLogger, type Logger, type LogLevel, logLevels, silentLogger } from './logger.js'
export {
  type RunningServer,
  type SubgraphServerOptions,
  startSubgraphServer,
} from './subgraph-server.js'
