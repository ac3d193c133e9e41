import type { EntityManager } from '@mikro-orm/postgresql'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { findOfferByReference, insertNonce } from '../../store/wallet-offer.store.js'
import { type OAuthFailure, statusOf } from '../oauth-failure.js'
import { createSecret, hashSecret } from '../secret.js'
import { claimCredential, type IssueToHolder } from './claim-credential.js'
import { buildCredentialOffer } from './credential-offer.js'
import {
  buildAuthorisationServerMetadata,
  buildIssuerMetadata,
  type OfferedType,
  toIssuerIdentifier,
  walletPath,
} from './issuer-metadata.js'
import { redeemCode } from './redeem-code.js'

export interface IssuanceDeps {
  /** A fresh entity manager for each request. */
  readonly fork: () => EntityManager
  readonly publicUrl: string
  readonly offered: OfferedType
  readonly issue: IssueToHolder
  readonly now: () => Date
}

const nonceLifeMs = 300_000

/** OpenID4VCI 1.0, pre-authorised code flow: what a wallet calls from the offer to the credential. */
export function addIssuanceRoutes(app: FastifyInstance, deps: IssuanceDeps): void {
  const { fork, publicUrl, offered, issue, now } = deps
  const issuerMetadata = buildIssuerMetadata(publicUrl, offered)
  const serverMetadata = buildAuthorisationServerMetadata(publicUrl)

  for (const [name, metadata] of [
    ['openid-credential-issuer', issuerMetadata],
    ['oauth-authorization-server', serverMetadata],
  ] as const) {
    app.get(`/.well-known/${name}${walletPath}`, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send(metadata),
    )
  }

  app.get<{ Params: { reference: string } }>(
    `${walletPath}/offers/:reference`,
    async (request, reply) => {
      const { reference } = request.params
      const offer = await findOfferByReference(fork(), hashSecret('offer', reference))
      if (offer === null || offer.redeemedAt !== null || offer.expiresAt <= now()) {
        return keepOut(reply).code(404).send({ error: 'invalid_request' })
      }
      const hasTransactionCode = offer.transactionCodeHash !== null
      return keepOut(reply).send(buildCredentialOffer(publicUrl, reference, hasTransactionCode))
    },
  )

  app.post(`${walletPath}/token`, async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const answer = await redeemCode(fork(), form, now())
    if (answer.kind === 'failure') return sendFailure(reply, answer)
    return keepOut(reply).send({
      access_token: answer.accessToken,
      token_type: 'Bearer',
      expires_in: answer.expiresInSeconds,
    })
  })

  app.post(`${walletPath}/nonce`, async (_request, reply) => {
    const nonce = createSecret()
    const at = now()
    const expiresAt = new Date(at.getTime() + nonceLifeMs)
    await insertNonce(fork(), { hash: hashSecret('nonce', nonce), expiresAt, now: at })
    return keepOut(reply).send({ c_nonce: nonce })
  })

  app.post(`${walletPath}/credential`, async (request, reply) => {
    const [, accessToken = null] =
      /^Bearer ([\w-]{1,128})$/i.exec(request.headers.authorization ?? '') ?? []
    const claim = {
      accessToken,
      body: request.body,
      audience: toIssuerIdentifier(publicUrl),
      now: now(),
    }
    const answer = await claimCredential(fork(), claim, issue)
    if (answer.kind === 'failure') return sendFailure(reply, answer)
    return keepOut(reply).send({ credentials: [{ credential: answer.credential }] })
  })
}

function sendFailure(reply: FastifyReply, failure: OAuthFailure): FastifyReply {
  const { error, description } = failure
  if (error === 'invalid_token') {
    reply.header('www-authenticate', `Bearer error="${error}", error_description="${description}"`)
  }
  return keepOut(reply).code(statusOf(failure)).send({ error, error_description: description })
}

/** Codes, tokens, nonces and credentials belong in no cache. */
function keepOut(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store')
}
