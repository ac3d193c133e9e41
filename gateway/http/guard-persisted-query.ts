import { createHash } from 'node:crypto'
import { HubError } from '../../schema/index.js'

/**
 * Refuses a persisted query of a version we do not know, with something that is no hash, or with the hash of another text.
 * Apollo Server refuses some of these, too, but without a code, which makes them look like a bug of ours.
 *
 * @param body - The parsed JSON body, if any; a list of them is a batch.
 * @param search - The parsed query string, which counts when there is no body.
 * @throws HubError `BAD_USER_INPUT`.
 */
export function guardPersistedQuery(body: unknown, search: unknown): void {
  if (Array.isArray(body)) for (const one of body) guardOne(readField(one, 'extensions'), one)
  else if (body !== undefined) guardOne(readField(body, 'extensions'), body)
  else guardOne(parseOrNothing(readField(search, 'extensions')), search)
}

function guardOne(extensions: unknown, holder: unknown): void {
  const asked = readField(extensions, 'persistedQuery')
  // What Apollo Server takes for absent.
  if (!asked) return
  if (readField(asked, 'version') !== 1) {
    throw refuse('only version 1 of persisted queries is supported')
  }
  const hash = readField(asked, 'sha256Hash')
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) {
    throw refuse('the sha256Hash of a persisted query is 64 hexadecimal digits in lower case')
  }
  const query = readField(holder, 'query')
  if (typeof query !== 'string') return
  if (createHash('sha256').update(query).digest('hex') !== hash) {
    throw refuse('the sha256Hash of a persisted query is not that of the query sent with it')
  }
}

function refuse(message: string): HubError {
  return new HubError('BAD_USER_INPUT', { message })
}

function readField(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name))
    return undefined
  return (holder as Record<string, unknown>)[name]
}

/** Broken JSON is for Apollo Server to complain about. */
function parseOrNothing(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
