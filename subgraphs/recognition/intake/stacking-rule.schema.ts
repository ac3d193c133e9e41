import { z } from 'zod'
import { distinctions, requirementUses } from '../domain/stacking/requirement.js'
import { creditUses, ruleLanguage } from '../domain/stacking/stacking-rule.js'

const text = z.string().trim().min(1).max(400)
const key = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
const amount = z
  .string('must be a decimal written as a string, e.g. "2.5"')
  .regex(
    /^(?=.*[1-9])\d{1,4}(\.\d{1,6})?$/,
    'must be more than 0, with up to 4 digits and 6 places, e.g. "2.5"',
  )
const grade = z
  .string()
  .regex(/^-?\d{1,4}(\.\d{1,6})?$/, 'must be a decimal written as a string, e.g. "5.5"')
const percent = z
  .string('must be a percentage written as a string, e.g. "75"')
  .regex(
    /^(100(\.0+)?|(?=.*[1-9])\d{1,2}(\.\d{1,6})?)$/,
    'must be more than 0 and at most 100, e.g. "75"',
  )
const overlapPercent = z
  .string('must be a percentage written as a string, e.g. "50"')
  .regex(/^\d{1,2}(\.\d{1,6})?$/, 'must be 0 or more and less than 100, e.g. "50"')
const date = z.iso.date()
const count = z.int().min(1).max(1_000)
const microCredentialId = z
  .string()
  .regex(
    /^[a-z][a-z0-9]{1,31}:microcredential:[\x21-\x7e]{1,160}$/,
    'must be a hub id member:microcredential:localId',
  )
const member = z.string().regex(/^[a-z][a-z0-9]{1,31}$/, "must be a member's slug, e.g. dcu")
const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be an ISO 3166 code, e.g. IE')
const field = z.string().regex(/^\d{2,4}$/, 'must be an ISCED-F code of two to four digits')
const titles = z
  .object({ en: text })
  .catchall(text)
  .refine(
    (value) => Object.keys(value).every((name) => language.test(name)),
    'is keyed by BCP 47 languages',
  )
const language = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(200)

const thresholdSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['AT_LEAST', 'AT_MOST']), scale: text, grade }),
  z.strictObject({ kind: z.literal('ONE_OF'), scale: text, grades: listOf(text) }),
])

const conditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('LEVEL'), atLeast: z.int().min(1).max(8) }),
  z.strictObject({ kind: z.literal('FIELD'), anyOf: listOf(field) }),
  z.strictObject({ kind: z.literal('MICRO_CREDENTIAL'), anyOf: listOf(microCredentialId) }),
  z.strictObject({ kind: z.literal('MEMBER'), anyOf: listOf(member) }),
  z.strictObject({ kind: z.literal('JURISDICTION'), anyOf: listOf(jurisdiction) }),
  z.strictObject({ kind: z.literal('OUTCOME'), anyOf: listOf(text) }),
  z.strictObject({
    kind: z.literal('GRADE'),
    scales: z.array(thresholdSchema).max(50),
    acceptsPassed: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('RECENCY'), months: z.int().min(1).max(1_200) }),
  z.strictObject({ kind: z.literal('SUPERVISED'), identityVerified: z.boolean() }),
  z.strictObject({ kind: z.literal('ACCREDITED') }),
  z.strictObject({ kind: z.literal('CAPSTONE') }),
  z.strictObject({
    kind: z.literal('SIZE'),
    atLeast: amount.nullable(),
    atMost: amount.nullable(),
  }),
])
const where = z.array(conditionSchema).max(20)

const named = { id: key, titles: titles.nullable() }
const countable = { ...named, use: z.enum(requirementUses) }

export const requirementSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('MIN_ECTS'), ...countable, ects: amount, where }),
  z.strictObject({ kind: z.literal('MIN_SHARE'), ...countable, percent, ofEcts: amount, where }),
  z.strictObject({ kind: z.literal('MIN_AWARDS'), ...countable, count, where }),
  z.strictObject({
    kind: z.literal('ALL_OF'),
    ...countable,
    microCredentialIds: listOf(microCredentialId),
  }),
  z.strictObject({
    kind: z.literal('CHOOSE'),
    ...countable,
    count,
    from: listOf(microCredentialId),
  }),
  z.strictObject({ kind: z.literal('RESIDENCY'), ...countable, member, ects: amount }),
  z.strictObject({ kind: z.literal('OUTCOMES'), ...named, allOf: listOf(text) }),
  z.strictObject({ kind: z.literal('DISTINCT'), ...named, by: z.enum(distinctions), count, where }),
  z.strictObject({
    kind: z.literal('SEQUENCE'),
    ...named,
    steps: listOf(listOf(microCredentialId)).min(2),
  }),
])

export const limitSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('MAX_FROM_ONE'),
    id: key,
    by: z.enum(distinctions),
    ects: amount,
  }),
  z.strictObject({ kind: z.literal('MAX_ECTS'), id: key, ects: amount, where }),
  z.strictObject({ kind: z.literal('MAX_SHARE'), id: key, percent, ofEcts: amount, where }),
  z.strictObject({ kind: z.literal('MAX_OVERLAP'), id: key, percent: overlapPercent }),
])

export const prerequisiteSchema = z.strictObject({
  microCredentialId,
  requires: listOf(microCredentialId),
})

/** The shape of a rule document. What holds between its parts is checked by `findRuleFaults`. */
export const stackingRuleSchema = z
  .strictObject({
    language: z.literal(ruleLanguage),
    id: z
      .string()
      .regex(
        /^[a-z][a-z0-9]{1,31}:stackedcredential:[\x21-\x7e]{1,160}$/,
        'must be a hub id member:stackedcredential:localId',
      ),
    version: z.int().min(1),
    titles,
    inForceFrom: date,
    inForceUntil: date.nullable(),
    source: text.nullable(),
    illustrative: z.boolean(),
    creditUse: z.enum(creditUses),
    eligible: where,
    prerequisites: z.array(prerequisiteSchema).max(200),
    limits: z.array(limitSchema).max(20),
    requirements: z.array(requirementSchema).min(1).max(24),
  })
  .meta({
    title: 'Stacking rule',
    description: 'What it takes to be awarded a stacked credential (rule language 1).',
  })

/** The published JSON Schema of the rule language (draft 2020-12), made from what the parser checks. */
export function buildStackingRuleJsonSchema(): object {
  const schema = z.toJSONSchema(stackingRuleSchema, { io: 'input', reused: 'ref' })
  return {
    $schema: schema.$schema,
    $id: 'urn:alliance-hub:schema:stacking-rule:1',
    ...schema,
  }
}
