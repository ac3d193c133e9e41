import { z } from 'zod'
import { isDecimal } from '../domain/decimal.js'
import { confidences } from '../domain/fact.js'
import type { LocalisedText } from '../domain/localised-text.js'

const text = z.string().trim().min(1)

/** Text that says something. */
export const textSchema = text

/** Both parts every fact must carry. */
export const provenanceShape = { source: text, confidence: z.enum(confidences) }

export const provenanceSchema = z.strictObject(provenanceShape)

/** An exact decimal of 0 or more as a string: a JSON number would already have gone through a float. */
export const decimalSchema = z
  .string('must be a decimal written as a string, e.g. "2.5"')
  .refine(
    (value) => isDecimal(value) && !value.startsWith('-'),
    'must be a decimal of 0 or more, e.g. "2.5"',
  )

export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language, e.g. nb')

export const localisedTextSchema = z
  .record(languageSchema, text)
  .refine((texts) => 'en' in texts, 'needs an English text')
  .transform((texts) => texts as LocalisedText)
