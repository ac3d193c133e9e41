import type { EntityManager } from '@mikro-orm/postgresql'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { findPresentation, insertPresentation } from '../../store/wallet-presentation.store.js'
import { walletPath } from '../issuance/issuer-metadata.js'
import { statusOf } from '../oauth-failure.js'
import { createSecret } from '../secret.js'
import {
  type AskableClaim,
  askableClaims,
  buildPresentationRequest,
  defaultClaims,
  toPresentationId,
  toPresentationLink,
  toPresentationPlace,
} from './presentation-request.js'
import { receivePresentation, type VerifyPresentation } from './receive-presentation.js'

export interface PresentationDeps {
  /** A fresh entity manager for each request. */
  readonly fork: () => EntityManager
  readonly publicUrl: string
  /** Client identifier with its prefix; wallets bind their presentation to it. */
  readonly clientId: string
  /** `vct` of the credentials asked for. */
  readonly credentialType: string
  /** Signs a request as the client of `clientId`: a compact JWS with `typ: oauth-authz-req+jwt`. */
  readonly signRequest: (payload: object, now: Date) => Promise<string>
  readonly verify: VerifyPresentation
  readonly now: () => Date
}

const presentationLifeMs = 600_000

const wishSchema = z.strictObject({
  claims: z.array(z.enum(askableClaims)).min(1).max(askableClaims.length).optional(),
})

/**
 * OpenID4VP 1.0: somebody asks to see a micro-credential, a wallet presents it, the asker reads the verification.
 * The asker needs no account; what was disclosed to it is gone when the request runs out.
 */
export function addPresentationRoutes(app: FastifyInstance, deps: PresentationDeps): void {
  const { fork, publicUrl, clientId, now } = deps
  const base = `${walletPath}/presentations`

  app.post(base, async (request, reply) => {
    const wish = wishSchema.safeParse(request.body ?? {})
    if (!wish.success) {
      const description = `claims: any of ${askableClaims.join(', ')}`
      return reply.code(400).send({ error: 'invalid_request', error_description: description })
    }
    const secret = createSecret()
    const id = toPresentationId(secret)
    const at = now()
    const expiresAt = new Date(at.getTime() + presentationLifeMs)
    const claims = wish.data.claims ?? defaultClaims
    await insertPresentation(fork(), { id, nonce: createSecret(), claims, expiresAt, now: at })
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send({
        link: toPresentationLink(clientId, toPresentationPlace(publicUrl, id)),
        resultUrl: `${publicUrl}${base}/results/${secret}`,
        expiresAt: expiresAt.toISOString(),
      })
  })

  app.get<{ Params: { id: string } }>(`${base}/:id/request`, async (request, reply) => {
    const { id } = request.params
    const at = now()
    const asked = await findPresentation(fork(), id, at)
    if (asked === null || asked.answeredAt !== null) {
      return reply.code(404).send({ error: 'invalid_request' })
    }
    const payload = buildPresentationRequest({
      clientId,
      credentialType: deps.credentialType,
      claims: asked.claims as readonly AskableClaim[],
      nonce: asked.nonce,
      responseUri: toPresentationPlace(publicUrl, id).responseUri,
      issuedAt: at,
      expiresAt: asked.expiresAt,
    })
    return reply
      .header('content-type', 'application/oauth-authz-req+jwt')
      .header('cache-control', 'no-store')
      .send(await deps.signRequest(payload, at))
  })

  app.post<{ Params: { id: string } }>(`${base}/:id/response`, async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const { id } = request.params
    const answer = { id, form, audience: clientId, now: now() }
    const failure = await receivePresentation(fork(), answer, deps.verify)
    reply.header('cache-control', 'no-store')
    if (failure === null) return reply.send({})
    const { error, description } = failure
    return reply.code(statusOf(failure)).send({ error, error_description: description })
  })

  app.get<{ Params: { secret: string } }>(`${base}/results/:secret`, async (request, reply) => {
    const asked = await findPresentation(fork(), toPresentationId(request.params.secret), now())
    reply.header('cache-control', 'no-store')
    if (asked === null) return reply.code(404).send({ state: 'GONE' })
    if (asked.answeredAt === null) return reply.send({ state: 'WAITING' })
    return reply.send({ state: 'ANSWERED', result: asked.result })
  })
}
