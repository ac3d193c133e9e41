import type { FastifyInstance } from 'fastify'
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { HubError, type RegisteredMember, syncWebhookAudience } from '../../schema/index.js'
import type { OwnerBook } from '../cache/owner-book.js'
import type { PurgeResult, Purger } from '../cache/purger.js'
import { sendHttpError } from './http-error.js'

export interface SyncWebhookOptions {
  readonly purger: Purger
  readonly owners: OwnerBook
  /** The register's entry of a slug, with the keys it signs with. */
  readonly findMember: (slug: string) => RegisteredMember | undefined
}

const bodySchema = z.object({ token: z.string().max(8_192) })
const claimsSchema = z.object({
  types: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/))
    .max(20)
    .optional(),
})
const longestAge = '5 min'

/**
 * `POST /webhooks/sync`: a member's subgraph tells that its catalogue has changed, in a token signed with the member's own
 * key. It purges what is kept of that member and of nobody else, whatever the token says.
 */
export function addSyncWebhook(app: FastifyInstance, options: SyncWebhookOptions): void {
  const { purger, owners } = options
  app.post('/webhooks/sync', async (request, reply) => {
    try {
      const { member, types } = await verify(request.body, options)
      const owner = owners.bySlug(member)?.owner
      if (owner === undefined) throw new HubError('MEMBER_UNKNOWN')
      const of = { member, jurisdiction: owner.jurisdiction }
      const scopes =
        types.length === 0
          ? [{ kind: 'member' as const, ...of }]
          : types.map((type) => ({ kind: 'type' as const, ...of, type }))
      const purged: PurgeResult[] = []
      for (const scope of scopes) {
        purged.push(await purger.purge({ scope, isHard: false, origin: `sync:${member}` }))
      }
      const isDone = purged.every(({ status }) => status === 'done')
      return reply.code(isDone ? 200 : 202).send({ purged })
    } catch (error) {
      return sendHttpError(error, reply)
    }
  })
}

/** Who signed, and which types changed; none for all. */
async function verify(
  body: unknown,
  { findMember }: SyncWebhookOptions,
): Promise<{ readonly member: string; readonly types: readonly string[] }> {
  const parsed = bodySchema.safeParse(body)
  if (!parsed.success) throw new HubError('BAD_USER_INPUT', { message: 'the body needs a token' })
  const { token } = parsed.data
  const slug = readIssuer(token)
  const keys = (findMember(slug)?.webhookKeys ?? []).map(({ kty, crv, x, kid }) => ({
    ...{ kty, crv, x },
    ...(typeof kid === 'string' && { kid }),
  }))
  const payload = await jwtVerify(token, createLocalJWKSet({ keys }), {
    issuer: slug,
    audience: syncWebhookAudience,
    algorithms: ['EdDSA'],
    maxTokenAge: longestAge,
    requiredClaims: ['exp'],
  }).then(
    (result): JWTPayload => result.payload,
    (cause: unknown) => {
      const message = 'the token is not signed by a key of the member it names, or too old'
      throw new HubError('TOKEN_INVALID', { message, cause })
    },
  )
  const claims = claimsSchema.safeParse(payload)
  if (!claims.success)
    throw new HubError('BAD_USER_INPUT', { message: 'types is no list of types' })
  return { member: slug, types: claims.data.types ?? [] }
}

function readIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch (cause) {
    throw new HubError('TOKEN_INVALID', { message: 'the token cannot be read', cause })
  }
}
