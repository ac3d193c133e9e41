import { createOutcomeLog, type RequestContext } from '../../../gateway/index.js'
import { anonymousPrincipal, type Principal } from '../../../schema/index.js'

/** A request's context with five seconds to go and no headers; nobody asks unless said. */
export function createTestContext(principal: Principal = anonymousPrincipal): RequestContext {
  return {
    requestId: 'conformance',
    signal: new AbortController().signal,
    deadlineAt: performance.now() + 5_000,
    headers: {},
    principal,
    outcomes: createOutcomeLog(),
  }
}
