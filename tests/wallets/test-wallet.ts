import { createHash, KeyObject, randomBytes, sign as sign256 } from 'node:crypto'
import {
  type CallbackContext,
  clientAuthenticationAnonymous,
  type Jwk,
  setGlobalConfig,
} from '@openid4vc/oauth2'
import { Openid4vciClient } from '@openid4vc/openid4vci'
import { Openid4vpClient } from '@openid4vc/openid4vp'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'

// Loopback has no TLS, and the library asks for it.
setGlobalConfig({ allowInsecureUrls: true })

/** A wallet somebody else wrote, with one key of its own. */
export interface TestWallet {
  readonly client: Openid4vciClient
  readonly publicJwk: JWK
  readonly callbacks: CallbackContext
  /** Goes all the way from an offer's link to the credential. */
  receive(link: string, transactionCode: string): Promise<unknown>
  /** Answers a request for a presentation with a credential, disclosing what can be withheld only by these names. */
  present(link: string, credential: string, disclosed: readonly string[]): Promise<Response>
  /** A proof of possession as it should be, with what `changes` says different. */
  prove(proof: {
    readonly audience: string
    readonly nonce: string
    readonly issuedAt: Date
    readonly header?: Readonly<Record<string, unknown>>
  }): Promise<string>
}

export interface TestWalletOptions {
  /** Keys by key id that requests for presentations may be signed with. */
  readonly trusted?: Readonly<Record<string, JWK>>
}

/** Makes a wallet with a fresh key. */
export async function createTestWallet({
  trusted = {},
}: TestWalletOptions = {}): Promise<TestWallet> {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const sign = (header: object, payload: object) =>
    new SignJWT({ ...payload })
      .setProtectedHeader({ alg: 'ES256', ...header })
      .sign(pair.privateKey)
  const refuse = () => {
    throw new Error('nothing here is encrypted')
  }
  const callbacks: CallbackContext = {
    hash: (data, algorithm) =>
      createHash(algorithm.replace('-', '').toLowerCase()).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    clientAuthentication: clientAuthenticationAnonymous(),
    signJwt: async (_signer, { header, payload }) => ({
      jwt: await sign(header, payload),
      signerJwk: publicJwk as Jwk,
    }),
    verifyJwt: async (_signer, { header, compact }) => {
      const key = trusted[header.kid ?? '']
      if (key === undefined) return { verified: false }
      await jwtVerify(compact, await importJWK(key, 'ES256'))
      return { verified: true, signerJwk: key as Jwk }
    },
    decryptJwe: refuse,
    encryptJwe: refuse,
  }
  const client = new Openid4vciClient({ callbacks })
  const verifier = new Openid4vpClient({ callbacks })
  const holder = new SDJwtVcInstance({
    hasher: (data, algorithm) =>
      createHash(algorithm.replace('-', '').toLowerCase())
        .update(typeof data === 'string' ? data : new Uint8Array(data))
        .digest(),
    hashAlg: 'sha-256',
    kbSigner: async (input) =>
      sign256('sha256', Buffer.from(input), {
        key: KeyObject.from(pair.privateKey),
        dsaEncoding: 'ieee-p1363',
      }).toString('base64url'),
    kbSignAlg: 'ES256',
  })
  return {
    client,
    publicJwk,
    callbacks,
    async receive(link, transactionCode) {
      const credentialOffer = await client.resolveCredentialOffer(link)
      const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
      const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
        credentialOffer,
        issuerMetadata,
        txCode: transactionCode,
      })
      const [credentialConfigurationId = ''] = credentialOffer.credential_configuration_ids
      const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata })
      const { jwt } = await client.createCredentialRequestJwtProof({
        issuerMetadata,
        credentialConfigurationId,
        nonce,
        issuedAt: new Date(),
        signer: { method: 'jwk', alg: 'ES256', publicJwk: publicJwk as Jwk },
      })
      const { credentialResponse } = await client.retrieveCredentials({
        issuerMetadata,
        credentialConfigurationId,
        accessToken: accessTokenResponse.access_token,
        proofs: { jwt: [jwt] },
      })
      return credentialResponse.credentials?.[0]
    },
    async present(link, credential, disclosed) {
      const { params } = verifier.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link })
      const { authorizationRequestPayload: request } =
        await verifier.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: params })
      const frame = Object.fromEntries(disclosed.map((name) => [name, true]))
      const presentation = await holder.present(credential, frame, {
        kb: {
          payload: {
            iat: Math.floor(Date.now() / 1_000),
            aud: String(request.client_id),
            nonce: request.nonce,
          },
        },
      })
      const { authorizationResponsePayload } = await verifier.createOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: request,
        authorizationResponsePayload: { vp_token: { [queryIdOf(request)]: [presentation] } },
      })
      const { response } = await verifier.submitOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: { response_uri: String(request.response_uri) },
        authorizationResponsePayload,
      })
      return response
    },
    prove: ({ audience, nonce, issuedAt, header }) =>
      sign(
        { typ: 'openid4vci-proof+jwt', jwk: publicJwk, ...header },
        { aud: audience, nonce, iat: Math.floor(issuedAt.getTime() / 1_000) },
      ),
  }
}

/** Id of the one query in a DCQL request. */
function queryIdOf({ dcql_query: query }: { readonly dcql_query?: unknown }): string {
  const { credentials } = query as { readonly credentials: readonly { readonly id: string }[] }
  return credentials[0]?.id ?? ''
}
