import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { sizeReasonCodes, sizeResults } from '../domain/size-rule.js'
import { DecimalScalar } from './decimal.scalar.js'
import { FactType } from './fact.type.js'
import { toEnum } from './to-enum.js'

const SizeResultEnum = toEnum(sizeResults)
registerEnumType(SizeResultEnum, {
  name: 'SizeCheckResult',
  description: 'What the size rule of the awarding jurisdiction says.',
})

const SizeReasonCodeEnum = toEnum(sizeReasonCodes)
registerEnumType(SizeReasonCodeEnum, {
  name: 'SizeCheckReasonCode',
  description: 'Why a size check came out as it did.',
})

/** See the domain's `OutcomeSkill`; the title is resolved. */
@ObjectType('OutcomeSkill', { description: 'A skill that a learning outcome gives.' })
export class OutcomeSkillType {
  @Field(() => String, {
    nullable: true,
    description: 'URI of the ESCO skill; null until somebody has looked it up.',
  })
  readonly escoUri!: string | null
}

/** See the domain's `LearningOutcome`; the title is resolved. */
@ObjectType('MicroCredentialOutcome', {
  description: 'What a holder knows, understands or can do.',
})
export class MicroCredentialOutcomeType {
  @Field(() => [OutcomeSkillType], { description: 'Skills the outcome gives.' })
  readonly skills!: readonly OutcomeSkillType[]
}

/** See the domain's `IssuingBody`. */
@ObjectType('IssuingBody', {
  description:
    'The legal person that issues and seals on behalf of the members. It is never the awarding body.',
})
export class IssuingBodyType extends FactType {
  @Field(() => String, { description: 'Legal name.' })
  readonly name!: string

  @Field(() => String, { description: 'ISO 3166-1 alpha-2 code of its seat.' })
  readonly countryCode!: string

  @Field(() => String, { nullable: true, description: 'Web page.' })
  readonly homepage!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Number in a business register; null until confirmed.',
  })
  readonly legalIdentifier!: string | null
}

/** See the domain's `SizeReason`. */
@ObjectType('SizeCheckReason', { description: 'One reason of a size check.' })
export class SizeCheckReasonType {
  @Field(() => SizeReasonCodeEnum, { description: 'Stable code.' })
  readonly code!: (typeof sizeReasonCodes)[number]

  @Field(() => DecimalScalar, { description: 'Credits the micro-credential has.' })
  readonly actualEcts!: string

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The limit that was missed; null when there is no rule.',
  })
  readonly limitEcts!: string | null

  @Field(() => String, { nullable: true, description: 'Source of the rule; null without a rule.' })
  readonly source!: string | null
}

/** See the domain's `SizeCheck`. */
@ObjectType('SizeCheck', {
  description: 'Whether a micro-credential has a size its awarding jurisdiction allows, and why.',
})
export class SizeCheckType {
  @Field(() => SizeResultEnum, { description: 'The result.' })
  readonly result!: (typeof sizeResults)[number]

  @Field(() => [SizeCheckReasonType], {
    description: 'Its reasons; empty when a rule exists and is kept.',
  })
  readonly reasons!: readonly SizeCheckReasonType[]
}
