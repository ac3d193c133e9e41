import type { EntityManager } from '@mikro-orm/postgresql'
import { z } from 'zod'
import { answerPresentation, lockPresentation } from '../../store/wallet-presentation.store.js'
import { type OAuthFailure, toFailure } from '../oauth-failure.js'
import { credentialQueryId } from './presentation-request.js'

/** Checks a presented credential and that it was presented here and now; the result is what the verifier reads. */
export type VerifyPresentation = (
  presentation: string,
  expected: { readonly audience: string; readonly nonce: string; readonly now: Date },
) => Promise<unknown>

const tokenSchema = z.strictObject({
  [credentialQueryId]: z.array(z.string().max(65_536)).length(1),
})

/**
 * Takes a wallet's answer, verifies what it presents and keeps the result. The first answer counts, whatever its
 * verdict: a second one would let somebody else speak for the holder.
 *
 * @see OpenID4VP 1.0 §§8.1, 8.2
 */
export async function receivePresentation(
  em: EntityManager,
  answer: {
    readonly id: string
    readonly form: URLSearchParams
    readonly audience: string
    readonly now: Date
  },
  verify: VerifyPresentation,
): Promise<OAuthFailure | null> {
  const { id, form, audience, now } = answer
  const refused = form.get('error')
  const presentation = refused === null ? readPresentation(form.get('vp_token')) : null
  if (presentation !== null && typeof presentation !== 'string') return presentation
  return em.transactional(async (transaction) => {
    const asked = await lockPresentation(transaction, id, now)
    if (asked === null || asked.answeredAt !== null) {
      return toFailure('invalid_request', 'the request is unknown, answered or has run out')
    }
    const { nonce } = asked
    const result =
      presentation === null
        ? { kind: 'refused' }
        : { kind: 'presented', report: await verify(presentation, { audience, nonce, now }) }
    await answerPresentation(transaction, { id, result, now })
    return null
  })
}

function readPresentation(token: string | null): string | OAuthFailure {
  if (token === null) return toFailure('invalid_request', 'vp_token is missing')
  let json: unknown
  try {
    json = JSON.parse(token)
  } catch {
    return toFailure('invalid_request', 'vp_token is not JSON')
  }
  const parsed = tokenSchema.safeParse(json)
  const [presentation] = parsed.success ? parsed.data[credentialQueryId] : []
  return (
    presentation ??
    toFailure('invalid_request', `vp_token must hold one presentation for ${credentialQueryId}`)
  )
}
