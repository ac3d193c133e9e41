import { GraphQLError } from 'graphql'
import { defaultOperationLimits } from '../engine/operation-size.js'
import { parseWithinLimits } from '../engine/parse-within-limits.js'

/**
 * Refuses a document that is too large before anything validates it: validation can cost a second for a text that is
 * refused here in milliseconds. A text that is no GraphQL passes; Apollo Server says so in its own form.
 *
 * @param body - The parsed JSON body, if any; a list of them is a batch.
 * @param search - The parsed query string.
 * @throws HubError `QUERY_TOO_LARGE` naming limit and value.
 */
export function guardDocument(body: unknown, search: unknown): void {
  if (!Array.isArray(body)) guardOne(body, search)
  else for (const one of body) guardOne(one, undefined)
}

function guardOne(body: unknown, search: unknown): void {
  const query = readQuery(body) ?? readQuery(search)
  if (query === undefined) return
  try {
    parseWithinLimits(query, defaultOperationLimits)
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
  }
}

function readQuery(holder: unknown): string | undefined {
  if (typeof holder !== 'object' || holder === null || !('query' in holder)) return undefined
  return typeof holder.query === 'string' ? holder.query : undefined
}
