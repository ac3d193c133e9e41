import { z } from 'zod'
import { deliveryModes, offeringStates, opportunityKinds } from '../domain/catalogue-record.js'
import {
  calendarDay,
  countryCode,
  currencyCode,
  decimal,
  escoUri,
  instant,
  iscedField,
  languageTag,
  line,
  listOf,
  localId,
  localisedLine,
  localisedText,
  requiredLine,
  setOf,
  webUrl,
  wholeNumber,
} from './field-schema.js'

const titleLength = 500
const proseLength = 20_000

const codeSchema = z.strictObject({ codeType: line(100), code: line(160) })

const skillSchema = z.strictObject({
  escoUri: escoUri.nullable().default(null),
  title: localisedLine(titleLength),
})

const outcomeSchema = z.strictObject({
  code: line(160).nullable().default(null),
  title: requiredLine(2_000),
  skills: listOf(skillSchema, 100),
})

const assessmentSchema = z.strictObject({
  type: line(200),
  description: localisedText(proseLength),
  supervised: z.boolean().nullable().default(null),
  gradingScale: line(200).nullable().default(null),
})

const teamSize = wholeNumber(1, 1_000).nullable().default(null)

const challengeSchema = z.strictObject({
  providers: listOf(line(300), 50),
  place: line(300).nullable().default(null),
  minimumTeamSize: teamSize,
  maximumTeamSize: teamSize,
})

const day = calendarDay.nullable().default(null)
const moment = instant.nullable().default(null)
const url = webUrl.nullable().default(null)
const mode = z.enum(deliveryModes).nullable().default(null)
const languages = setOf(languageTag, 20)

const offeringSchema = z.strictObject({
  localId,
  code: line(160).nullable().default(null),
  title: localisedLine(titleLength),
  session: z
    .strictObject({ name: line(200), startDate: day, endDate: day })
    .nullable()
    .default(null),
  startDate: day,
  endDate: day,
  mode,
  languages,
  place: z
    .strictObject({
      name: line(300).nullable().default(null),
      city: line(200).nullable().default(null),
      countryCode: countryCode.nullable().default(null),
    })
    .nullable()
    .default(null),
  state: z.enum(offeringStates).default('ACTIVE'),
  application: z.strictObject({ opensAt: moment, closesAt: moment }).nullable().default(null),
  applicationUrl: url,
  capacity: z
    .strictObject({
      maximum: wholeNumber(0, 1_000_000).nullable().default(null),
      enrolled: wholeNumber(0, 1_000_000).nullable().default(null),
    })
    .nullable()
    .default(null),
  price: z
    .strictObject({ amount: decimal('0', '10000000'), currency: currencyCode })
    .nullable()
    .default(null),
  awardingBody: line(300).nullable().default(null),
})

/**
 * The shape of an `OpportunityRecord` with the bounds of every field. What a draft leaves out becomes empty; `localId`,
 * `kind` and `title` must be there. Rules between fields are in `record-rules.ts`.
 */
export const opportunitySchema = z.strictObject({
  localId,
  kind: z.enum(opportunityKinds),
  codes: listOf(codeSchema, 50),
  title: requiredLine(titleLength),
  description: localisedText(proseLength),
  // The longest European programmes have 360 credits; 600 leaves room without letting a course code pass for credits.
  ects: decimal('0', '600').nullable().default(null),
  nationalCredit: z
    .strictObject({ value: decimal('0', '100000'), unit: line(100) })
    .nullable()
    .default(null),
  workloadHours: wholeNumber(0, 20_000).nullable().default(null),
  eqfLevel: wholeNumber(1, 8).nullable().default(null),
  nqfLevel: line(100).nullable().default(null),
  iscedF: setOf(iscedField, 20),
  learningOutcomes: listOf(outcomeSchema, 200),
  languages,
  mode,
  entryRequirements: localisedText(proseLength),
  assessments: listOf(assessmentSchema, 50),
  topics: setOf(line(200), 100),
  challenge: challengeSchema.nullable().default(null),
  partOf: setOf(localId, 100),
  homepage: url,
  synthetic: z.boolean().default(false),
  offerings: listOf(offeringSchema, 500),
})
