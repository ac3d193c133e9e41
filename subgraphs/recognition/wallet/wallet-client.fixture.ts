import { createHash, randomBytes } from 'node:crypto'
import {
  type CallbackContext,
  clientAuthenticationAnonymous,
  type Jwk,
  setGlobalConfig,
} from '@openid4vc/oauth2'
import { Openid4vciClient } from '@openid4vc/openid4vci'
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
  /** A proof of possession as it should be, with what `changes` says different. */
  prove(proof: {
    readonly audience: string
    readonly nonce: string
    readonly issuedAt: Date
    readonly header?: Readonly<Record<string, unknown>>
  }): Promise<string>
}

/** @param trusted - Keys by key id that requests for presentations may be signed with. */
export async function createTestWallet(
  trusted: Readonly<Record<string, JWK>> = {},
): Promise<TestWallet> {
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
    prove: ({ audience, nonce, issuedAt, header }) =>
      sign(
        { typ: 'openid4vci-proof+jwt', jwk: publicJwk, ...header },
        { aud: audience, nonce, iat: Math.floor(issuedAt.getTime() / 1_000) },
      ),
  }
}
