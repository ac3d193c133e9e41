import { HubError } from '../../schema/index.js'
import { RuntimeFailure } from '../runtime/index.js'

/**
 * The one line a person gets when the hub cannot start: the code and what to do. Bugs have no code and bring their
 * stack.
 */
export function toFailureLine(error: unknown): string {
  if (error instanceof HubError || error instanceof RuntimeFailure) {
    return `hub: ${error.code}: ${error.message.split('\n').join(' ')}`
  }
  return `hub: INTERNAL_SERVER_ERROR: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
