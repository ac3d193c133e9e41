import { z } from 'zod'
import type { TokenClaims } from '../../schema/index.js'

const text = z.string().max(512)
/** Multi-valued claims come as a list, or bare when there is only one value. */
const texts = z.union([z.array(text).max(256), text.transform((value) => [value])])

const claimsSchema = z.object({
  iss: text,
  sub: text.min(1),
  schac_home_organization: text.optional(),
  eduperson_scoped_affiliation: texts.optional(),
  eduperson_entitlement: texts.optional(),
  eduperson_assurance: texts.optional(),
  client_id: text.optional(),
  azp: text.optional(),
  scope: z
    .union([
      z.string().max(4_096),
      z
        .array(text)
        .max(64)
        .transform((values) => values.join(' ')),
    ])
    .optional(),
})

/** The claims the hub uses, and none of the others; null when one of them has a wrong type. */
export function parseClaims(payload: unknown): TokenClaims | null {
  const result = claimsSchema.safeParse(payload)
  // Absent claims are absent in the result, too, which the two libraries' types say differently.
  return result.success ? (result.data as TokenClaims) : null
}
