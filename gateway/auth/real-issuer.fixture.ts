import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider } from 'oidc-provider'

/** Name of the hub at the issuer. */
export const audience = 'https://hub.example/'

/** A certified OpenID provider in this process, whose keys can be changed and which can be down. */
export interface RealIssuer {
  readonly url: string
  /** Requests for its keys so far. */
  countKeyRequests(): number
  /** A token by the client credentials grant, over HTTP as a member's system gets one. */
  askClientToken(clientId: string): Promise<string>
  /** A token as a person has after logging in; `claims` are what the issuer releases. */
  issuePersonToken(subject: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
  /** From now on it signs with other keys, and offers only those. */
  rotateKeys(): Promise<void>
  setDown(isDown: boolean): void
  stop(): Promise<void>
}

const secret = 'a secret for tests only'

/** Starts it on a free port, with the clients `partner-dcu` and `unregistered`. */
export async function startRealIssuer(): Promise<RealIssuer> {
  let isDown = false
  let keyRequests = 0
  let released: Readonly<Record<string, unknown>> = {}
  let provider: Provider
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/jwks')) keyRequests += 1
    if (isDown) response.writeHead(503).end()
    else void provider.callback()(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider = await createProvider(url, () => released)

  return {
    url,
    countKeyRequests: () => keyRequests,
    async askClientToken(clientId) {
      const answer = await fetch(`${url}/token`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(secret)}`).toString('base64')}`,
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
      })
      const body = (await answer.json()) as { access_token?: string }
      if (body.access_token === undefined) throw new Error(JSON.stringify(body))
      return body.access_token
    },
    async issuePersonToken(subject, claims = {}) {
      const client = await provider.Client.find('unregistered')
      if (client === undefined) throw new Error('the provider has lost its client')
      const token = new provider.AccessToken({
        accountId: subject,
        client,
        grantId: 'g',
        gty: 'authorization_code',
        scope: '',
      })
      token.resourceServer = new provider.ResourceServer(audience, resourceServer)
      released = claims
      try {
        return await token.save()
      } finally {
        released = {}
      }
    },
    async rotateKeys() {
      provider = await createProvider(url, () => released)
    },
    setDown: (value) => {
      isDown = value
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const resourceServer = {
  audience,
  scope: 'statistics:read',
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'ES256' } },
} as const

async function createProvider(
  url: string,
  release: () => Readonly<Record<string, unknown>>,
): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key: JWK = await exportJWK(privateKey)
  const configuration = {
    clients: ['partner-dcu', 'unregistered'].map((client_id) => ({
      client_id,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: 'ES256',
    })),
    jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [secret] },
    scopes: ['statistics:read'],
    extraTokenClaims: async () => ({ ...release() }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: async () => ({ ...resourceServer }),
      },
    },
  }
  return new Provider(url, configuration)
}
