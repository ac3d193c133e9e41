import { RuntimeFailure } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'

/** One line that says why the gateway does not run: the code, if the failure has one, and the reason. */
export function toFailureLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = text.split(/\s*\n\s*/).join('; ')
  const isCoded = error instanceof HubError || error instanceof RuntimeFailure
  return isCoded ? `${error.code}: ${line}` : line
}
