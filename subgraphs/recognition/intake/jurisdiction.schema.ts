import { z } from 'zod'
import { compareDecimals, isDecimal } from '../domain/decimal.js'
import { eqarStatuses, type Jurisdiction } from '../domain/jurisdiction.js'
import { sizeConsequences } from '../domain/size-rule.js'
import {
  decimalSchema,
  languageSchema,
  localisedTextSchema,
  provenanceSchema,
  provenanceShape,
  textSchema,
} from './fact.schema.js'

/** Prefix of national framework levels in the European Learning Model's vocabulary. */
const frameworkUri = z
  .string()
  .regex(
    /^http:\/\/data\.europa\.eu\/snb\/qdr\/c_[0-9a-f]{8}$/,
    'must be a URI http://data.europa.eu/snb/qdr/c_… of 8 hexadecimal digits',
  )

const frameworkSchema = z.strictObject({
  name: textSchema,
  uri: frameworkUri.nullable(),
  levels: z
    .array(
      z.strictObject({
        label: textSchema,
        eqfLevel: z.int().min(1).max(8),
        uri: frameworkUri.nullable(),
      }),
    )
    .min(1),
  eqfMapping: provenanceSchema,
  ...provenanceShape,
})

const sizeRuleSchema = z
  .strictObject({
    minimumEcts: decimalSchema.nullable(),
    maximumEcts: decimalSchema.nullable(),
    maximumIsAllowed: z.boolean(),
    consequence: z.enum(sizeConsequences),
    ...provenanceShape,
  })
  .superRefine((rule, context) => {
    const report = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    const { minimumEcts, maximumEcts } = rule
    if (minimumEcts === null && maximumEcts === null) {
      report('minimumEcts', 'a rule without minimum and maximum rules nothing: use null instead')
    }
    if (isOrdered(minimumEcts, maximumEcts) === false) {
      report('maximumEcts', `must not be below minimumEcts ${minimumEcts}`)
    }
    if (rule.consequence === 'REFUSE' && rule.confidence !== 'SOURCED') {
      report('consequence', 'REFUSE needs a SOURCED rule; nothing is refused on an unverified one')
    }
  })

const workloadSchema = z
  .strictObject({
    minimumHoursPerEcts: decimalSchema,
    maximumHoursPerEcts: decimalSchema,
    ...provenanceShape,
  })
  .superRefine(({ minimumHoursPerEcts, maximumHoursPerEcts }, context) => {
    if (isOrdered(minimumHoursPerEcts, maximumHoursPerEcts) !== false) return
    const message = `must not be below minimumHoursPerEcts ${minimumHoursPerEcts}`
    context.addIssue({ code: 'custom', path: ['maximumHoursPerEcts'], message })
  })

/** One jurisdiction as it stands in `jurisdictions.json`. */
export const jurisdictionSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be an ISO 3166 code, e.g. NL or BE-VLG'),
  names: localisedTextSchema,
  credit: z.strictObject({
    unit: textSchema,
    ectsPerUnit: decimalSchema.refine((value) => /[1-9]/.test(value), 'must be more than 0'),
    ...provenanceShape,
  }),
  workload: workloadSchema,
  frameworks: z.array(frameworkSchema),
  gradingScale: z.strictObject({
    name: textSchema,
    minimum: textSchema,
    maximum: textSchema,
    pass: textSchema,
    isInverted: z.boolean(),
    labels: z.array(z.strictObject({ grades: textSchema, label: textSchema })),
    ...provenanceShape,
  }),
  languages: z.strictObject({ codes: z.array(languageSchema).min(1), ...provenanceShape }),
  currency: z.strictObject({
    code: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, e.g. EUR'),
    ...provenanceShape,
  }),
  qualityAssurance: z
    .array(
      z.strictObject({ name: textSchema, eqarStatus: z.enum(eqarStatuses), ...provenanceShape }),
    )
    .min(1),
  dataProtection: z.strictObject({ regime: textSchema, law: textSchema, ...provenanceShape }),
  dataTransfer: z.strictObject({
    safeguardsRequired: z.boolean(),
    note: textSchema,
    ...provenanceShape,
  }),
  calendar: z.strictObject({
    yearStartsInMonth: z.int().min(1).max(12),
    summary: textSchema,
    ...provenanceShape,
  }),
  microCredentialStatus: z.strictObject({ summary: textSchema, ...provenanceShape }),
  sizeRule: sizeRuleSchema.nullable(),
}) satisfies z.ZodType<Jurisdiction>

/** Null when one end is missing or unreadable; that fault is reported elsewhere. */
function isOrdered(minimum: string | null, maximum: string | null): boolean | null {
  if (minimum === null || maximum === null || !isDecimal(minimum) || !isDecimal(maximum))
    return null
  return compareDecimals(minimum, maximum) <= 0
}
