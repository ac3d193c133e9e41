import { z } from 'zod'
import { HubError, isMemberSlug } from '../../schema/index.js'

/** Signature algorithms an issuer may be pinned to. None is symmetrical, and `none` is none of them. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
] as const

const httpUrl = z.url({ protocol: /^https?$/ })

const publicKeySchema = z.looseObject({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: z.string().min(1),
  // A private key has no business in a gateway's configuration.
  d: z.undefined({ error: 'must be a public key' }).optional(),
})

const issuerSchema = z.strictObject({
  /** The `iss` of its tokens, to the letter. */
  issuer: z.string().min(1).max(512),
  /** The `aud` its tokens must have: the hub's name at this issuer. */
  audience: z.string().min(1).max(512),
  /** The only algorithms its tokens may be signed with. */
  algorithms: z.array(z.enum(algorithms)).min(1),
  /** The `typ` its tokens must have. Anything else, ID tokens above all, is no access token. */
  tokenType: z.enum(['at+jwt', 'JWT']).default('at+jwt'),
  /** Where its keys are: found by OpenID discovery, at a URL, or given here. */
  keys: z
    .union([
      z.strictObject({ kind: z.literal('discovered') }),
      z.strictObject({ kind: z.literal('remote'), jwksUri: httpUrl }),
      z.strictObject({
        kind: z.literal('given'),
        jwks: z.object({ keys: z.array(publicKeySchema) }),
      }),
    ])
    .default({ kind: 'discovered' }),
  /** Where affiliations and entitlements are: in the token, or to be asked of the issuer's userinfo endpoint. */
  claimsFrom: z.enum(['token', 'userinfo']).default('token'),
  /** Home organisations and affiliation scopes it may assert, e.g. `dcu.ie`. A proxy has many, a university its own. */
  affiliationScopes: z.array(z.string().min(1)).default([]),
  /** AARC-G069 namespaces of entitlements that count here, e.g. `urn:geant:eciu.eu`. */
  entitlementNamespaces: z.array(z.string().regex(/^urn:\S+[^:\s]$/)).default([]),
  /** The group in those namespaces that the hub's roles are under. */
  entitlementGroup: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('hub'),
  /** Systems of members, by client id: whatever else their tokens say, each is bound to one member. */
  clients: z
    .record(z.string().min(1), z.strictObject({ member: z.string().refine(isMemberSlug) }))
    .default({}),
  /** How far its clock may be off, in seconds. */
  clockSkewSeconds: z.int().min(0).max(300).default(30),
})

const issuersSchema = z
  .strictObject({ issuers: z.array(issuerSchema).min(1) })
  .superRefine(({ issuers }, context) => {
    issuers.forEach(({ issuer, keys }, index) => {
      const first = issuers.findIndex((other) => other.issuer === issuer)
      const path = ['issuers', index, 'issuer']
      if (first < index) context.addIssue({ code: 'custom', path, message: 'is listed twice' })
      const isUrl = /^https?:$/.test(URL.parse(issuer)?.protocol ?? '')
      if (keys.kind === 'discovered' && !isUrl) {
        context.addIssue({ code: 'custom', path, message: 'must be a URL to be discovered' })
      }
    })
  })

/** One issuer whose access tokens the hub takes, and what it may say about whom. */
export type IssuerConfig = z.infer<typeof issuerSchema>

/**
 * Reads the issuers from the text of a configuration file.
 *
 * @param facts.isProduction - Then keys come over TLS or not at all.
 * @throws HubError `CONFIG_INVALID` that lists every fault with its path.
 */
export function parseIssuers(
  text: string,
  facts: { readonly origin: string; readonly isProduction: boolean },
): readonly IssuerConfig[] {
  const { origin, isProduction } = facts
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new HubError('CONFIG_INVALID', { message: `${origin} is not JSON`, cause })
  }
  const result = issuersSchema.safeParse(json)
  if (!result.success) {
    const faults = result.error.issues.map(
      (issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`,
    )
    throw new HubError('CONFIG_INVALID', { message: `${origin}: ${faults.join('; ')}` })
  }
  const { issuers } = result.data
  const open = isProduction ? issuers.find(isWithoutTls) : undefined
  if (open !== undefined) {
    const message = `${origin}: issuer ${open.issuer} must be reached by https in production mode`
    throw new HubError('CONFIG_INVALID', { message })
  }
  return issuers
}

function isWithoutTls({ issuer, keys }: IssuerConfig): boolean {
  switch (keys.kind) {
    case 'given':
      return false
    case 'remote':
      return keys.jwksUri.startsWith('http:')
    case 'discovered':
      return issuer.startsWith('http:')
  }
}
