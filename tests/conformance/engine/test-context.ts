import { createOutcomeLog, type RequestContext } from '../../../gateway/index.js'
import { anonymousPrincipal } from '../../../schema/index.js'

/** A request's context with five seconds to go and no headers. */
export function createTestContext(): RequestContext {
  return {
    requestId: 'conformance',
    signal: new AbortController().signal,
    deadlineAt: performance.now() + 5_000,
    headers: {},
    principal: anonymousPrincipal,
    outcomes: createOutcomeLog(),
  }
}
