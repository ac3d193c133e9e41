import { z } from 'zod'
import { signingAlgorithms } from './signer.js'

const instant = z.iso.datetime()

const publicJwkSchema = z
  .object({
    kty: z.enum(['EC', 'RSA']),
    crv: z.literal('P-256').optional(),
    x: z.string().optional(),
    y: z.string().optional(),
    n: z.string().optional(),
    e: z.string().optional(),
  })
  // Strict by hand: a private member here would be published.
  .strict()

const keySchema = z.strictObject({
  keyId: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  algorithm: z.enum(signingAlgorithms),
  publicJwk: publicJwkSchema,
  certificateChain: z.array(z.base64()),
  /** Verifiers may learn of it from here on. */
  publishedFrom: instant,
  /** It signs from here on, some time after it was published, so that caches of key sets know it. */
  signsFrom: instant,
  /** It signs until here; null for the newest. It stays published: what it sealed stays valid. */
  signsUntil: instant.nullable(),
  /** Set when it may have been stolen: it is published no more, and nothing it sealed is valid. */
  withdrawnAt: instant.nullable(),
})

const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** Whether the certificates come from the test authority of this directory. */
  isTest: z.boolean(),
  /** Base64 DER of the certificate chains' anchors. */
  anchors: z.array(z.base64()),
  keys: z.array(keySchema),
})

/** The public part of an issuing body's keys: `keys.json` beside the private ones. */
export type KeyManifest = z.infer<typeof manifestSchema>
export type KeyEntry = KeyManifest['keys'][number]

/** The manifest in `text`, or what is wrong with it. */
export function parseKeyManifest(
  text: string,
):
  | { readonly ok: true; readonly manifest: KeyManifest }
  | { readonly ok: false; readonly fault: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, fault: 'not JSON' }
  }
  const result = manifestSchema.safeParse(json)
  if (result.success) return { ok: true, manifest: result.data }
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  return { ok: false, fault: faults.join('; ') }
}

/** The manifest with a new key; the one of its algorithm that signed until then signs until the new one begins. */
export function succeedKey(manifest: KeyManifest, added: KeyEntry): KeyManifest {
  const keys = manifest.keys.map((entry) =>
    entry.algorithm === added.algorithm && entry.signsUntil === null
      ? { ...entry, signsUntil: added.signsFrom }
      : entry,
  )
  return { ...manifest, keys: [...keys, added] }
}
