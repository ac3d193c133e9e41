import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { allianceOwner, isMemberSlug } from '../wire/global-id.js'
import { HubError } from '../wire/hub-error.js'

const seconds = z.int().min(0).max(604_800)

const policySchema = z.strictObject({
  /** Which Redis may hold this member's data: any of ours, only its jurisdiction's own, or none at all. */
  residency: z.enum(['alliance', 'local', 'none']),
  maxTtlSeconds: seconds,
  staleWhileRevalidateSeconds: seconds,
  staleIfErrorSeconds: seconds,
  negativeTtlSeconds: seconds,
})

const memberSchema = z.strictObject({
  slug: z
    .string()
    .refine(isMemberSlug, 'must be a lower-case letter, then 1–31 lower-case letters or digits')
    .refine(
      (slug) => slug !== allianceOwner,
      `'${allianceOwner}' is reserved for the alliance itself`,
    ),
  /** Official names by BCP 47 language; English is required. */
  names: z
    .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.string().min(1))
    .refine((names) => 'en' in names, 'needs an English name'),
  /** ISO 3166-1 alpha-2. */
  countryCode: z.string().regex(/^[A-Z]{2}$/),
  /** Code of the jurisdiction whose rules hold for this member's data and credits. */
  jurisdiction: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/),
  city: z.string().min(1),
  /** The domain in eduGAIN's schacHomeOrganization; null until confirmed. */
  schacHomeOrganization: z.string().nullable(),
  /** Research Organization Registry URL; null until confirmed. */
  ror: z.url().nullable(),
  /** Erasmus code with its padding, e.g. `N  STAVANG01`; null until confirmed. */
  erasmusCode: z.string().nullable(),
  /** BCP 47 languages the member teaches or publishes in, the first is its main one. */
  languages: z.array(z.string()).min(1),
  /** URL of the member's subgraph. */
  endpoint: z.url({ protocol: /^https?$/ }),
  homepage: z.url().nullable(),
  /** Public Ed25519 keys its subgraph signs messages to the hub with; see `POST /webhooks/sync`. */
  webhookKeys: z
    .array(
      z.looseObject({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string().min(1),
        // A private key has no business in the register.
        d: z.undefined({ error: 'must be a public key' }).optional(),
      }),
    )
    .exactOptional(),
  /** Name of the cache and residency policy in `policies`. */
  policy: z.string(),
})

const registerSchema = z
  .strictObject({
    version: z.string().min(1),
    sources: z.record(z.string(), z.string()),
    policies: z.record(z.string(), policySchema),
    members: z.array(memberSchema).min(1),
  })
  .superRefine((register, context) => {
    const seen = new Set<string>()
    register.members.forEach((member, index) => {
      if (seen.has(member.slug)) {
        context.addIssue({
          code: 'custom',
          path: ['members', index, 'slug'],
          message: `'${member.slug}' is listed twice`,
        })
      }
      seen.add(member.slug)
      if (!(member.policy in register.policies)) {
        context.addIssue({
          code: 'custom',
          path: ['members', index, 'policy'],
          message: `no policy '${member.policy}'`,
        })
      }
    })
  })

export type MemberRegister = z.infer<typeof registerSchema>
export type RegisteredMember = MemberRegister['members'][number]
export type MemberPolicy = z.infer<typeof policySchema>

/**
 * Reads a register of members from text.
 *
 * @param origin - Where the text comes from, for the error message.
 * @throws HubError `REGISTER_INVALID` that lists every fault with its path.
 */
export function parseMemberRegister(text: string, origin: string): MemberRegister {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new HubError('REGISTER_INVALID', {
      message: `register ${origin} is not JSON: ${String(cause)}`,
      cause,
    })
  }
  const result = registerSchema.safeParse(json)
  if (result.success) return result.data
  const faults = result.error.issues.map(
    (issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`,
  )
  throw new HubError('REGISTER_INVALID', {
    message: `register ${origin} is not valid: ${faults.join('; ')}`,
  })
}

/** Reads the register from a file; see {@link parseMemberRegister} for the errors. */
export function loadMemberRegister(file: string): MemberRegister {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new HubError('REGISTER_INVALID', {
      message: `register ${file} cannot be read: ${String(cause)}`,
      cause,
    })
  }
  return parseMemberRegister(text, file)
}
