import { z } from 'zod'
import {
  type AccreditationRecord,
  accreditationDecisions,
  accreditationKinds,
} from '../domain/accreditation.js'
import { localisedTextSchema, provenanceShape, textSchema } from './fact.schema.js'

const date = z.iso.date()

const accreditationSchema = z
  .strictObject({
    identifier: textSchema,
    kind: z.enum(accreditationKinds),
    agency: z.strictObject({
      name: textSchema,
      countryCode: z.string().regex(/^[A-Z]{2}$/, 'must be a country, e.g. NL'),
    }),
    institution: z.strictObject({
      ids: z.array(z.url()).min(1),
      legalNames: localisedTextSchema,
    }),
    programme: localisedTextSchema.nullable(),
    eqfLevels: z.array(z.int().min(1).max(8)),
    decision: z.enum(accreditationDecisions),
    validFrom: date,
    validUntil: date.nullable(),
    withdrawnOn: date.nullable(),
    reportUrl: z.url({ protocol: /^https?$/ }).nullable(),
    ...provenanceShape,
    synthetic: z.boolean(),
  })
  .refine(
    ({ kind, programme }) => (kind === 'PROGRAMME') === (programme !== null),
    'a programme has a title, an institution has none',
  )
  .refine(
    ({ validFrom, validUntil }) => validUntil === null || validFrom <= validUntil,
    'ends before it begins',
  )

export const accreditationFileSchema: z.ZodType<readonly AccreditationRecord[]> =
  z.array(accreditationSchema)
