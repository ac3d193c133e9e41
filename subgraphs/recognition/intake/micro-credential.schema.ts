import { z } from 'zod'
import {
  assessmentTypes,
  participationModes,
  qualityAssuranceTypes,
  stackabilities,
  supervisions,
} from '../domain/micro-credential.js'
import { decimalSchema, localisedTextSchema, provenanceShape, textSchema } from './fact.schema.js'
import { keySchema, opportunityIdSchema } from './hub-id.schema.js'

/** One definition as it stands in `micro-credentials.json`. */
export const microCredentialEntrySchema = z.strictObject({
  /** Becomes the last part of the hub id. */
  key: keySchema,
  titles: localisedTextSchema,
  descriptions: localisedTextSchema,
  ects: decimalSchema.refine((value) => /[1-9]/.test(value), 'must be more than 0'),
  eqfLevel: z.int().min(1).max(8).nullable(),
  iscedF: z.array(z.string().regex(/^\d{2,4}$/, 'must be an ISCED-F code, e.g. 0613')),
  learningOutcomes: z
    .array(
      z.strictObject({
        titles: localisedTextSchema,
        skills: z.array(
          z.strictObject({
            escoUri: z
              .string()
              .regex(
                /^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9a-f-]{36}$/,
                'must be a URI http://data.europa.eu/esco/skill/<uuid>',
              )
              .nullable(),
            titles: localisedTextSchema,
          }),
        ),
      }),
    )
    .min(1),
  assessmentType: z.enum(assessmentTypes),
  mode: z.enum(participationModes),
  qualityAssurance: z.enum(qualityAssuranceTypes),
  supervision: z.enum(supervisions),
  stackability: z.enum(stackabilities),
  prerequisites: localisedTextSchema.nullable(),
  /** Slug of the member that awards. */
  awardedBy: textSchema,
  opportunity: opportunityIdSchema,
  synthetic: z.boolean(),
})
export type MicroCredentialEntry = z.infer<typeof microCredentialEntrySchema>

/** The file as a whole: who issues, and what. */
export const microCredentialFileSchema = z.strictObject({
  issuingBody: z.strictObject({
    name: textSchema,
    countryCode: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code, e.g. NL'),
    homepage: z.url().nullable(),
    legalIdentifier: textSchema.nullable(),
    ...provenanceShape,
  }),
  definitions: z.array(microCredentialEntrySchema),
})
