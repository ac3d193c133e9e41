import { Field, ID, Int, ObjectType } from 'type-graphql'
import { OriginalGradeType } from './award.type.js'
import { DateScalar } from './date.scalar.js'
import { DecimalScalar } from './decimal.scalar.js'

/** See the domain's `SkillEvidence`. */
@ObjectType('SkillEvidence', { description: 'An award that shows a skill.' })
export class SkillEvidenceType {
  @Field(() => ID, { description: 'Hub id of the award.' })
  readonly awardId!: string

  @Field(() => String, { description: 'Slug of the member that awarded.' })
  readonly awardingMember!: string

  @Field(() => DateScalar, { description: 'When it was awarded.' })
  readonly awardedOn!: string
}

/** See the domain's `PassportSkill`. */
@ObjectType('PassportSkill', { description: 'A skill with everything that shows it.' })
export class PassportSkillType {
  @Field(() => String, { nullable: true, description: 'URI of the ESCO skill; null: not known.' })
  readonly escoUri!: string | null

  @Field(() => Int, { nullable: true, description: 'Highest European level it was shown at.' })
  readonly eqfLevel!: number | null

  @Field(() => [SkillEvidenceType], { description: 'The awards that show it, oldest first.' })
  readonly evidence!: readonly SkillEvidenceType[]
}

/** Credits of one level. */
@ObjectType('EctsByLevel', { description: 'Credits of one European level.' })
export class EctsByLevelType {
  @Field(() => Int, { nullable: true, description: 'Level, 1–8; null where there is none.' })
  readonly eqfLevel!: number | null

  @Field(() => DecimalScalar, { description: 'ECTS credits.' })
  readonly ects!: string
}

/** Credits of one field. */
@ObjectType('EctsByField', { description: 'Credits of one broad field.' })
export class EctsByFieldType {
  @Field(() => String, { nullable: true, description: 'ISCED-F 2013, two digits; null: none.' })
  readonly iscedF!: string | null

  @Field(() => DecimalScalar, { description: 'ECTS credits.' })
  readonly ects!: string
}

/** See the domain's `TimelineEntry`. */
@ObjectType('PassportTimelineEntry', { description: 'An award on the timeline.' })
export class PassportTimelineEntryType {
  @Field(() => ID, { description: 'Hub id of the award.' })
  readonly awardId!: string

  @Field(() => DateScalar, { description: 'When.' })
  readonly awardedOn!: string

  @Field(() => String, { description: 'Slug of the member that awarded.' })
  readonly awardingMember!: string

  @Field(() => DecimalScalar, { description: 'ECTS credits.' })
  readonly ects!: string

  @Field(() => Int, { nullable: true, description: 'European level.' })
  readonly eqfLevel!: number | null

  @Field(() => OriginalGradeType, { nullable: true, description: 'The grade, if any.' })
  readonly grade!: OriginalGradeType | null
}

/** See the domain's `MemberShare`. */
@ObjectType('MemberShare', { description: 'What was awarded by one member.' })
export class MemberShareType {
  @Field(() => String, { description: 'Slug of the member.' })
  readonly member!: string

  @Field(() => String, { description: 'Code of its jurisdiction.' })
  readonly jurisdictionCode!: string

  @Field(() => Boolean, { description: 'Whether it is the learner’s home member.' })
  readonly isHome!: boolean

  @Field(() => Int, { description: 'Awards.' })
  readonly awards!: number

  @Field(() => DecimalScalar, { description: 'ECTS credits.' })
  readonly ects!: string
}

/** See the domain's `Mobility`. */
@ObjectType('PassportMobility', { description: 'Where the learner has been.' })
export class PassportMobilityType {
  @Field(() => String, { nullable: true, description: 'Slug of the home member.' })
  readonly homeMember!: string | null

  @Field(() => [MemberShareType], { description: 'Members, most credits first.' })
  readonly members!: readonly MemberShareType[]

  @Field(() => Int, { description: 'Different jurisdictions.' })
  readonly jurisdictions!: number

  @Field(() => DecimalScalar, { description: 'ECTS credits of others than the home member.' })
  readonly ectsAbroad!: string
}

/** See the domain's `CompetencePassport`. */
@ObjectType('CompetencePassport', {
  description: 'What a learner can show, made from valid awards alone. Seen by the learner only.',
})
export class CompetencePassportType {
  @Field(() => DateScalar, { description: 'The day it was made for.' })
  readonly date!: string

  @Field(() => DecimalScalar, { description: 'ECTS credits in all.' })
  readonly totalEcts!: string

  @Field(() => [PassportSkillType], { description: 'Skills by name.' })
  readonly skills!: readonly PassportSkillType[]

  @Field(() => [EctsByLevelType], { description: 'Credits by European level.' })
  readonly ectsByLevel!: readonly EctsByLevelType[]

  @Field(() => [EctsByFieldType], { description: 'Credits by broad field.' })
  readonly ectsByField!: readonly EctsByFieldType[]

  @Field(() => [PassportTimelineEntryType], { description: 'Awards, oldest first.' })
  readonly timeline!: readonly PassportTimelineEntryType[]

  @Field(() => PassportMobilityType, { description: 'Where the learner has been.' })
  readonly mobility!: PassportMobilityType
}
