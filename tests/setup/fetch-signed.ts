import { createRequestSigner, deriveRequestKeys } from '../../infra/runtime/index.js'
import { anonymousPrincipal, type Principal, printPrincipal } from '../../schema/index.js'
import { testSigningKeys } from './test-request-keys.js'

/** A request to a subgraph as the gateway would sign it. */
export interface SignedFetch {
  /** Name of the subgraph, or slug of the member. Default `recognition`. */
  readonly subgraph?: string
  /** Who asks; default nobody. */
  readonly principal?: Principal
  /** Default GET, or POST when there is a body. */
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** `fetch` to a subgraph that was started with `testCallers`, signed as the gateway's. */
export function fetchSigned(url: string, options: SignedFetch = {}): Promise<Response> {
  const { subgraph = 'recognition', principal = anonymousPrincipal, body, headers } = options
  const { pathname, search } = new URL(url)
  const method = options.method ?? (body === undefined ? 'GET' : 'POST')
  const sign = createRequestSigner(deriveRequestKeys(testSigningKeys, subgraph))
  const signature = sign({
    method,
    target: `${pathname}${search}`,
    body: body ?? '',
    principal: printPrincipal(principal),
  })
  return fetch(url, {
    method,
    ...(body !== undefined && { body }),
    headers: { ...headers, ...signature },
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
  })
}

/** Posts one operation to a subgraph, signed; the answer's JSON. */
export async function askSigned(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  options: Pick<SignedFetch, 'subgraph' | 'principal'> = {},
): Promise<unknown> {
  const answer = await fetchSigned(url, {
    ...options,
    body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json' },
  })
  return answer.json()
}
