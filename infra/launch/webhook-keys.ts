import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import type { MemberRegister } from '../../schema/index.js'

/** What the members of one hub sign their messages with, made anew at every start. */
export interface WebhookKeys {
  /** Private keys by slug. */
  readonly keys: ReadonlyMap<string, JWK>
  /** The register with the public halves, beside keys it has for syncs outside this process. */
  readonly register: MemberRegister
}

/** Makes a key for every member: members and gateway are in one process here, so nobody has to keep them. */
export async function createWebhookKeys(register: MemberRegister): Promise<WebhookKeys> {
  const made = await Promise.all(
    register.members.map(async (member) => {
      const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
      const jwk = await exportJWK(pair.privateKey)
      const key = { ...jwk, kid: await calculateJwkThumbprint(jwk) }
      const { x = '', kid } = key
      const made = { kty: 'OKP' as const, crv: 'Ed25519' as const, x, kid }
      const webhookKeys = [...(member.webhookKeys ?? []), made]
      return { slug: member.slug, key, member: { ...member, webhookKeys } }
    }),
  )
  return {
    keys: new Map(made.map(({ slug, key }) => [slug, key])),
    register: { ...register, members: made.map(({ member }) => member) },
  }
}
