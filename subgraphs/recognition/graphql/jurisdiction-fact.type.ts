import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { eqarStatuses } from '../domain/jurisdiction.js'
import { sizeConsequences } from '../domain/size-rule.js'
import { DecimalScalar } from './decimal.scalar.js'
import { FactType } from './fact.type.js'
import { toEnum } from './to-enum.js'

const EqarStatusEnum = toEnum(eqarStatuses)
registerEnumType(EqarStatusEnum, {
  name: 'EqarStatus',
  description: 'Whether the European Quality Assurance Register lists an agency.',
})

const SizeConsequenceEnum = toEnum(sizeConsequences)
registerEnumType(SizeConsequenceEnum, {
  name: 'SizeConsequence',
  description:
    'What follows when a size rule is missed: WARN for pilots and guidelines, REFUSE for law.',
})

/** See the domain's `CreditSystem`. */
@ObjectType('CreditSystem', { description: 'How study load is counted there.' })
export class CreditSystemType extends FactType {
  @Field(() => String, { description: 'Name of the national credit unit, e.g. `studiepoeng`.' })
  readonly unit!: string

  @Field(() => DecimalScalar, {
    description: 'What one national unit is in ECTS credits; indicative when unverified.',
  })
  readonly ectsPerUnit!: string
}

/** See the domain's `Workload`. */
@ObjectType('CreditWorkload', { description: 'Hours of work behind one ECTS credit.' })
export class CreditWorkloadType extends FactType {
  @Field(() => DecimalScalar, { description: 'Hours per ECTS credit, at least.' })
  readonly minimumHoursPerEcts!: string

  @Field(() => DecimalScalar, { description: 'Hours per ECTS credit, at most.' })
  readonly maximumHoursPerEcts!: string
}

/** See the domain's `GradeLabel`. */
@ObjectType('GradeLabel', { description: 'What a grade is called.' })
export class GradeLabelType {
  @Field(() => String, { description: 'One grade or a range, e.g. `9–10`.' })
  readonly grades!: string

  @Field(() => String, { description: 'Its name there, e.g. `Sobresaliente`.' })
  readonly label!: string
}

/** See the domain's `GradingScale`. */
@ObjectType('GradingScale', {
  description: 'The usual grading scale; practice at an institution may differ.',
})
export class GradingScaleType extends FactType {
  @Field(() => String, { description: 'Name of the scale, e.g. `1–10`.' })
  readonly name!: string

  @Field(() => String, { description: 'The worst grade, as printed on a transcript.' })
  readonly minimum!: string

  @Field(() => String, { description: 'The best grade, as printed on a transcript.' })
  readonly maximum!: string

  @Field(() => String, { description: 'The worst grade that is a pass.' })
  readonly pass!: string

  @Field(() => Boolean, { description: 'Whether a smaller number is a better grade.' })
  readonly isInverted!: boolean

  @Field(() => [GradeLabelType], { description: 'What grades are called.' })
  readonly labels!: readonly GradeLabelType[]
}

/** See the domain's `QualityAssuranceAgency`. */
@ObjectType('QualityAssuranceAgency', { description: 'An agency that reviews institutions there.' })
export class QualityAssuranceAgencyType extends FactType {
  @Field(() => String, { description: 'Usual short name, e.g. `NVAO`.' })
  readonly name!: string

  @Field(() => EqarStatusEnum, { description: 'Whether the European register lists it.' })
  readonly eqarStatus!: (typeof eqarStatuses)[number]
}

/** See the domain's `DataProtection`. */
@ObjectType('DataProtectionRegime', { description: 'The law on personal data that holds there.' })
export class DataProtectionRegimeType extends FactType {
  @Field(() => String, { description: 'Short name, e.g. `GDPR`.' })
  readonly regime!: string

  @Field(() => String, { description: 'The law’s full name and dates.' })
  readonly law!: string
}

/** See the domain's `DataTransfer`. */
@ObjectType('DataTransferRule', {
  description: 'What sending personal data there from the European Economic Area takes.',
})
export class DataTransferRuleType extends FactType {
  @Field(() => Boolean, {
    description: 'Whether safeguards such as standard contractual clauses are needed.',
  })
  readonly safeguardsRequired!: boolean

  @Field(() => String, { description: 'One sentence for people.' })
  readonly note!: string
}

/** See the domain's `AcademicCalendar`. */
@ObjectType('AcademicCalendar', { description: 'How the academic year is divided.' })
export class AcademicCalendarType extends FactType {
  @Field(() => Int, { description: 'Month in which the academic year starts, 1–12.' })
  readonly yearStartsInMonth!: number

  @Field(() => String, { description: 'Its semesters, periods or blocks.' })
  readonly summary!: string
}

/** Where micro-credentials stand in law and practice. */
@ObjectType('MicroCredentialStatus', {
  description: 'Where micro-credentials stand in law and practice.',
})
export class MicroCredentialStatusType extends FactType {
  @Field(() => String, { description: 'One or two sentences for people.' })
  readonly summary!: string
}

/** See the domain's `SizeRule`. */
@ObjectType('MicroCredentialSizeRule', {
  description: 'How large a micro-credential may be there.',
})
export class SizeRuleType extends FactType {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'ECTS credits at least; null: no lower limit.',
  })
  readonly minimumEcts!: string | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Upper limit in ECTS credits, or null.',
  })
  readonly maximumEcts!: string | null

  @Field(() => Boolean, {
    description: 'Whether the upper limit itself is allowed ("at most") or not ("fewer than").',
  })
  readonly maximumIsAllowed!: boolean

  @Field(() => SizeConsequenceEnum, { description: 'What follows when the rule is missed.' })
  readonly consequence!: (typeof sizeConsequences)[number]
}
