import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import {
  type NoSuggestion,
  noSuggestions,
  type SuggestionPolicy,
  suggestionPolicies,
} from '../domain/grades/suggest-grade.js'
import { OriginalGradeType } from './award.type.js'
import { DecimalScalar } from './decimal.scalar.js'
import { GradeReferenceGroupType } from './grading-table.type.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of the places in a band. */
export const SuggestionPolicyEnum = toEnum(suggestionPolicies)
registerEnumType(SuggestionPolicyEnum, {
  name: 'GradeSuggestionPolicy',
  description: 'Where in the band the suggestion lies; the home institution chooses.',
})

const NoSuggestionEnum = toEnum(noSuggestions)
registerEnumType(NoSuggestionEnum, {
  name: 'NoGradeSuggestion',
  description: 'Why no grade is suggested.',
})

@ObjectType('GradeBand', {
  description: 'The home grades whose part of the distribution overlaps.',
})
export class GradeBandType {
  @Field(() => String, { description: 'The worst.' })
  readonly min!: string

  @Field(() => String, { description: 'The one at the middle.' })
  readonly mean!: string

  @Field(() => String, { description: 'The best.' })
  readonly max!: string
}

@ObjectType('GradeOverlap', { description: 'A home grade the band covers.' })
export class GradeOverlapType {
  @Field(() => String, { description: 'The grade.' })
  readonly grade!: string

  @Field(() => DecimalScalar, { description: 'Its share of the band in percent.' })
  readonly percent!: string
}

@ObjectType('GradingTableCitation', { description: 'The table a suggestion came from.' })
export class GradingTableCitationType {
  @Field(() => String, { description: 'Version of the table.' })
  readonly version!: string

  @Field(() => Int, { description: 'Passing grades counted in it.' })
  readonly sampleSize!: number

  @Field(() => GradeReferenceGroupType, { description: 'Whose grades.' })
  readonly referenceGroup!: GradeReferenceGroupType
}

/** See the domain's `SuggestedGrade`. */
@ObjectType('SuggestedGrade', {
  description: 'What a grade could be at home, and by which tables.',
})
export class SuggestedGradeType {
  @Field(() => String, { description: 'The grade, on the scale of the home institution.' })
  readonly grade!: string

  @Field(() => String, { description: 'Name of that scale.' })
  readonly scale!: string

  @Field(() => SuggestionPolicyEnum, { description: 'Where in the band it lies.' })
  readonly policy!: SuggestionPolicy

  @Field(() => GradeBandType, { description: 'The band.' })
  readonly band!: GradeBandType

  @Field(() => [GradeOverlapType], { description: 'Every home grade of the band, best first.' })
  readonly overlaps!: readonly GradeOverlapType[]

  @Field(() => GradingTableCitationType, { description: 'Table of the awarding institution.' })
  readonly from!: GradingTableCitationType

  @Field(() => GradingTableCitationType, { description: 'Table of the home institution.' })
  readonly to!: GradingTableCitationType
}

/** See the domain's `GradeSuggestion`. */
@ObjectType('GradeSuggestion', {
  description:
    'What a grade could be at another institution. Only a suggestion: converting is that institution’s decision.',
})
export class GradeSuggestionType {
  @Field(() => OriginalGradeType, {
    nullable: true,
    description: 'The grade as awarded; null when it was only passed.',
  })
  readonly original!: OriginalGradeType | null

  @Field(() => SuggestedGradeType, { nullable: true, description: 'Null when there is a reason.' })
  readonly suggestion!: SuggestedGradeType | null

  @Field(() => NoSuggestionEnum, {
    nullable: true,
    description: 'Why there is no suggestion; null when there is one.',
  })
  readonly reason!: NoSuggestion | null
}
