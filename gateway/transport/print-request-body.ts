import { LRUCache } from 'lru-cache'
import type { SubgraphRequest } from '../engine/subgraph-client.js'

/** A request as it is sent, and a short name for exactly that. */
export interface PrintedRequest {
  readonly body: string
  /** The same for two requests only if their bodies are the same to the last byte. Of one printer, that is. */
  readonly key: string
}

export type RequestPrinter = (request: SubgraphRequest) => PrintedRequest

interface PrintedQuery {
  readonly json: string
  /** Never used again for another text, not even after the text was forgotten. */
  readonly number: number
}

const queriesKept = 1_000

/**
 * Creates a printer of requests. It remembers printed query texts, and the last request: the layers over one HTTP
 * client ask for the same one straight after each other. In keys a number stands for the query: hashing its text
 * for every call costs more than everything else about sharing calls.
 */
export function createRequestPrinter(): RequestPrinter {
  const printedQueries = new LRUCache<string, PrintedQuery>({ max: queriesKept })
  let queriesSeen = 0
  let lastRequest: SubgraphRequest | undefined
  let last: PrintedRequest = { body: '', key: '' }

  function printQuery(query: string): PrintedQuery {
    const known = printedQueries.get(query)
    if (known !== undefined) return known
    queriesSeen += 1
    const printed = { json: JSON.stringify(query), number: queriesSeen }
    printedQueries.set(query, printed)
    return printed
  }

  return (request) => {
    if (request === lastRequest) return last
    const { json, number } = printQuery(request.query)
    const rest = printRest(request)
    last = { body: `{"query":${json}${rest}}`, key: `${number}${rest}` }
    lastRequest = request
    return last
  }
}

/**
 * Everything after the query in the JSON body of a GraphQL request. Representations are already JSON and go in as they
 * are: parsing and printing them again would be the largest part of a big entity fetch.
 */
function printRest(request: SubgraphRequest): string {
  const members: string[] = []
  for (const [name, value] of Object.entries(request.variables)) {
    const printed: string | undefined = JSON.stringify(value)
    if (printed !== undefined) members.push(`${JSON.stringify(name)}:${printed}`)
  }
  for (const [name, printed] of Object.entries(request.representations)) {
    members.push(`${JSON.stringify(name)}:[${printed.join(',')}]`)
  }
  const operationName =
    request.operationName === undefined
      ? ''
      : `,"operationName":${JSON.stringify(request.operationName)}`
  const variables = members.length === 0 ? '' : `,"variables":{${members.join(',')}}`
  return `${operationName}${variables}`
}
