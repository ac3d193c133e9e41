import type { SubgraphRequest } from '../engine/subgraph-client.js'

/**
 * Prints the JSON body of a GraphQL request. Representations are already JSON and go in as they are:
 * parsing and printing them again would be the largest part of a big entity fetch.
 *
 * @param queryJson - `request.query` printed as a JSON string; callers keep it per operation.
 */
export function printRequestBody(request: SubgraphRequest, queryJson: string): string {
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
  return `{"query":${queryJson}${operationName}${variables}}`
}
