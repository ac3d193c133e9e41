import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { ParticipationMode } from '../domain/micro-credential.js'
import { criteria } from '../domain/pathways/recommend-next.js'
import { DateScalar } from './date.scalar.js'
import { DecimalScalar } from './decimal.scalar.js'
import { ParticipationModeEnum } from './micro-credential.type.js'
import { toEnum } from './to-enum.js'

const CriterionEnum = toEnum(criteria)
registerEnumType(CriterionEnum, {
  name: 'RecommendationCriterion',
  description: 'What a recommendation is judged by.',
})

/** A price. */
@InputType('PriceInput', { description: 'An amount of money.' })
export class PriceInput {
  @Field(() => DecimalScalar, { description: 'Exact amount.' })
  readonly amount!: string

  @Field(() => String, { description: 'ISO 4217 code, e.g. `EUR`.' })
  readonly currency!: string
}

/** See the domain's `Offer`. */
@InputType('OfferInput', {
  description: 'A course offering as the catalogue answered it. Recognition asks no member itself.',
})
export class OfferInput {
  @Field(() => ID, { description: 'Hub id of the offering.' })
  readonly offeringId!: string

  @Field(() => ID, { description: 'Hub id of its opportunity.' })
  readonly opportunityId!: string

  @Field(() => DateScalar, { nullable: true, description: 'First day; null: at any time.' })
  readonly startsOn?: string | null

  @Field(() => DateScalar, { nullable: true, description: 'Last day.' })
  readonly endsOn?: string | null

  @Field(() => DateScalar, { nullable: true, description: 'First day to apply.' })
  readonly applyFrom?: string | null

  @Field(() => DateScalar, { nullable: true, description: 'Last day to apply.' })
  readonly applyUntil?: string | null

  @Field(() => Int, { nullable: true, description: 'Hours of work of the opportunity.' })
  readonly workloadHours?: number | null

  @Field(() => [String], { nullable: true, description: 'BCP 47 languages.' })
  readonly languages?: string[] | null

  @Field(() => ParticipationModeEnum, { nullable: true, description: 'Mode of delivery.' })
  readonly mode?: ParticipationMode | null

  @Field(() => String, { nullable: true, description: 'City.' })
  readonly city?: string | null

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 code.' })
  readonly countryCode?: string | null

  @Field(() => PriceInput, { nullable: true, description: 'Price; null: not known.' })
  readonly price?: PriceInput | null
}

/** See the domain's `LearnerWishes`. */
@InputType('LearnerWishesInput', {
  description: 'What the learner would like; left out: all the same.',
})
export class LearnerWishesInput {
  @Field(() => [String], { nullable: true, description: 'BCP 47 languages.' })
  readonly languages?: string[] | null

  @Field(() => [ParticipationModeEnum], { nullable: true, description: 'Modes of delivery.' })
  readonly modes?: ParticipationMode[] | null

  @Field(() => String, { nullable: true, description: 'City to be in.' })
  readonly city?: string | null

  @Field(() => String, { nullable: true, description: 'Country to be in, ISO 3166-1.' })
  readonly countryCode?: string | null

  @Field(() => PriceInput, { nullable: true, description: 'What it may cost.' })
  readonly budget?: PriceInput | null
}

/** See the domain's `Contribution`. */
@ObjectType('RecommendationContribution', { description: 'What one criterion adds to a score.' })
export class RecommendationContributionType {
  @Field(() => CriterionEnum, { description: 'The criterion.' })
  readonly criterion!: string

  @Field(() => Int, { description: 'Points, 0–1000.' })
  readonly points!: number

  @Field(() => Int, { description: 'Weight of the criterion; illustrative.' })
  readonly weight!: number

  @Field(() => Int, { description: 'Points times weight.' })
  readonly contribution!: number

  @Field(() => String, { description: 'Why, as a stable code.' })
  readonly because!: string
}

/** See the domain's `Recommendation`. */
@ObjectType('Recommendation', {
  description: 'An offering that brings the learner closer, and why.',
})
export class RecommendationType {
  @Field(() => ID, { description: 'Hub id of the offering.' })
  readonly offeringId!: string

  @Field(() => Int, { description: 'Sum of the contributions, at most 100,000.' })
  readonly score!: number

  @Field(() => Int, { description: 'Thousandths of what is missing that it closes.' })
  readonly gainPermille!: number

  @Field(() => [String], { description: 'Requirements or steps it serves.' })
  readonly serves!: readonly string[]

  @Field(() => [RecommendationContributionType], { description: 'Every criterion.' })
  readonly contributions!: readonly RecommendationContributionType[]
}
