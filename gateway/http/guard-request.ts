import { HubError } from '../../schema/index.js'
import { guardVariables, type VariableLimits } from '../limits/guard-variables.js'

/** Limits on the parts of a request that are no document. */
export interface RequestGuards extends VariableLimits {
  /** Most operations in one request. */
  readonly batchLimit: number
}

/**
 * Refuses batches that are too long and variables that are too deep or too long, known operation or not.
 *
 * @param body - The parsed JSON body, if any; a list of them is a batch.
 * @param search - The parsed query string.
 * @throws HubError `QUERY_TOO_LARGE` naming limit and value.
 */
export function guardRequest(body: unknown, search: unknown, guards: RequestGuards): void {
  if (Array.isArray(body)) {
    const { length: value } = body
    const { batchLimit: limit } = guards
    if (value > limit && value > 1) {
      const message = `the batch has ${value} operations, the limit is ${limit}`
      throw new HubError('QUERY_TOO_LARGE', { message, limit, value })
    }
    for (const one of body) guardVariables(readVariables(one), guards)
    return
  }
  guardVariables(readVariables(body), guards)
  const text = readVariables(search)
  if (typeof text === 'string') guardVariables(parseOrNothing(text), guards)
}

function readVariables(holder: unknown): unknown {
  return typeof holder === 'object' && holder !== null && 'variables' in holder
    ? holder.variables
    : undefined
}

/** Broken JSON is for Apollo Server to complain about. */
function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
