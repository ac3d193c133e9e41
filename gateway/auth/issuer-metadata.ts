import { z } from 'zod'

/** What the hub uses of an issuer's OpenID configuration. */
export interface IssuerMetadata {
  readonly jwksUri: string
  readonly userinfoEndpoint: string | undefined
}

/** `fetch` of the platform, or a stand-in. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

const timeoutMs = 3_000
const mostCharacters = 1_000_000

const metadataSchema = z.object({
  issuer: z.string(),
  jwks_uri: z.url({ protocol: /^https?$/ }),
  userinfo_endpoint: z.url({ protocol: /^https?$/ }).optional(),
})

/**
 * Reads an issuer's OpenID configuration.
 *
 * @throws Error when it does not answer in time, or is not that issuer's: then nothing it says counts.
 * @see OpenID Connect Discovery 1.0, section 4.3
 */
export async function discoverIssuer(issuer: string, fetch: Fetch): Promise<IssuerMetadata> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const metadata = metadataSchema.parse(await fetchJson(url, fetch))
  if (metadata.issuer !== issuer) throw new Error('the configuration is of another issuer')
  const isDowngrade = issuer.startsWith('https:') && metadata.jwks_uri.startsWith('http:')
  if (isDowngrade) throw new Error('the keys are not at a https URL')
  return { jwksUri: metadata.jwks_uri, userinfoEndpoint: metadata.userinfo_endpoint }
}

/** Gets JSON by its deadline, from there and nowhere else: redirects are refused. */
export async function fetchJson(
  url: string,
  fetch: Fetch,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const answer = await fetch(url, {
    headers: { accept: 'application/json', ...headers },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (answer.status !== 200) throw new Error(`HTTP status ${answer.status}`)
  return JSON.parse(await readText(answer))
}

async function readText(answer: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > mostCharacters) throw new Error('the answer is too large')
  }
  return text + decoder.decode()
}
