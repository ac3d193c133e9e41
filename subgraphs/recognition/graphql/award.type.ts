import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { type AwardStatus, awardStatuses } from '../domain/award.js'
import type { Supervision } from '../domain/micro-credential.js'
import { createConnectionType } from './connection-type.js'
import { DateScalar, DateTimeScalar } from './date.scalar.js'
import { DecimalScalar } from './decimal.scalar.js'
import { SupervisionEnum } from './micro-credential.type.js'
import { toEnum } from './to-enum.js'

export const AwardStatusEnum = toEnum(awardStatuses)
registerEnumType(AwardStatusEnum, {
  name: 'AwardStatus',
  description: 'What has become of an award. None is ever deleted.',
  valuesConfig: {
    VALID: { description: 'Counts.' },
    SUSPENDED: { description: 'Under review: does not count for now.' },
    REVOKED: { description: 'Taken back: an error, misconduct or a lost accreditation.' },
    SUPERSEDED: { description: 'Corrected by another award.' },
  },
})

/** See the domain's `OriginalGrade`. */
@ObjectType('OriginalGrade', { description: 'A grade as the awarding member wrote it.' })
export class OriginalGradeType {
  @Field(() => String, { description: 'On the awarding member’s own scale, e.g. `8.5`.' })
  readonly value!: string

  @Field(() => String, { description: 'Name of that scale.' })
  readonly scale!: string
}

/** See the domain's `Award`. */
@ObjectType('Award', {
  description:
    'What a learner was awarded by a member. Seen by the learner and by the registrars of that member.',
})
export class AwardType {
  @Field(() => ID, { description: 'Hub id, `member:award:localId`.' })
  readonly id!: string

  @Field(() => ID, { description: 'Hub id of the learner.' })
  readonly learnerId!: string

  @Field(() => String, { description: 'Slug of the member that awarded.' })
  readonly awardingMember!: string

  @Field(() => DateScalar, { description: 'Day of awarding.' })
  readonly awardedOn!: string

  @Field(() => DecimalScalar, { description: 'ECTS credits, exact; `0` for what bears none.' })
  readonly ects!: string

  @Field(() => Int, {
    nullable: true,
    description: 'Level in the European Qualifications Framework, 1–8; null where there is none.',
  })
  readonly eqfLevel!: number | null

  @Field(() => [String], { description: 'ISCED-F 2013 codes of its fields.' })
  readonly iscedF!: readonly string[]

  @Field(() => OriginalGradeType, {
    nullable: true,
    description: 'The grade; null when it was only passed.',
  })
  readonly grade!: OriginalGradeType | null

  @Field(() => SupervisionEnum, { description: 'How the assessment was supervised.' })
  readonly supervision!: Supervision

  @Field(() => Boolean, { description: 'Whether it was a capstone challenge.' })
  readonly isCapstone!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'The accreditation it stands on; null when none was named.',
  })
  readonly accreditation!: string | null

  @Field(() => AwardStatusEnum, { description: 'What has become of it.' })
  readonly status!: AwardStatus

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the award that takes its place; null unless superseded.',
  })
  readonly supersededBy!: string | null

  @Field(() => Int, { description: 'Counts changes; say it when you change the award.' })
  readonly version!: number

  @Field(() => Boolean, { description: 'True for sample data of no real person.' })
  readonly synthetic!: boolean
}

/** Relay connection of awards. */
export const AwardConnectionType = createConnectionType(
  'Award',
  () => AwardType,
  'A page of awards, oldest first.',
)

/** An audit entry without the person who acted. */
@ObjectType('AuditEntry', { description: 'What was done to a record, when, as whom and why.' })
export class AuditEntryType {
  @Field(() => String, { description: 'What was done, e.g. `award.revoked`.' })
  readonly action!: string

  @Field(() => String, { nullable: true, description: 'State before; null for the first.' })
  readonly fromState!: string | null

  @Field(() => String, { description: 'State after.' })
  readonly toState!: string

  @Field(() => String, { description: 'Role it was done in, e.g. `registrar`.' })
  readonly actorRole!: string

  @Field(() => String, {
    nullable: true,
    description: 'Slug of the member it was done for; null for the learner and the alliance.',
  })
  readonly actorMember!: string | null

  @Field(() => DateTimeScalar, { description: 'When.' })
  readonly recordedAt!: string

  @Field(() => String, { nullable: true, description: 'Why, in words; null when nobody said.' })
  readonly reason!: string | null
}
