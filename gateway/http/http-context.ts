import type { EngineResult } from '../engine/engine.js'
import type { EngineContext } from '../engine/engine-gateway.js'
import type { OpenRequest } from './requests-in-flight.js'

/** Apollo Server's `contextValue`. */
export interface HttpContext extends EngineContext {
  readonly hub: OpenRequest
  /** What the engine has answered already; Apollo Server then only formats errors and picks the status. */
  readonly result?: EngineResult
}
