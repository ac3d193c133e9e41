import { HubError } from '../../schema/index.js'

/** Limits on the values a client sends. */
export interface VariableLimits {
  readonly variablesDepth: number
  readonly listArgumentLength: number
}

/**
 * Refuses variables that are nested too deeply or hold too long a list, before anything walks through them.
 *
 * @throws HubError `QUERY_TOO_LARGE` naming limit and value.
 */
export function guardVariables(variables: unknown, limits: VariableLimits): void {
  if (typeof variables !== 'object' || variables === null) return
  for (const name in variables) guardValue((variables as Record<string, unknown>)[name], 1, limits)
}

function guardValue(value: unknown, depth: number, limits: VariableLimits): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > limits.variablesDepth) {
    const limit = limits.variablesDepth
    const message = `a variable is nested more than ${limit} levels deep`
    throw new HubError('QUERY_TOO_LARGE', { message, limit, value: depth })
  }
  if (Array.isArray(value)) {
    refuseLongList(value.length, limits)
    for (const one of value) guardValue(one, depth + 1, limits)
    return
  }
  for (const name in value) guardValue((value as Record<string, unknown>)[name], depth + 1, limits)
}

/**
 * Refuses a list that is too long.
 *
 * @throws HubError `QUERY_TOO_LARGE` naming limit and value.
 */
export function refuseLongList(value: number, { listArgumentLength: limit }: VariableLimits): void {
  if (value <= limit) return
  const message = `a list given as argument has ${value} entries, the limit is ${limit}`
  throw new HubError('QUERY_TOO_LARGE', { message, limit, value })
}
