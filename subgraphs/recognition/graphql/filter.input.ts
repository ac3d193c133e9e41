import { Field, InputType, Int, registerEnumType } from 'type-graphql'
import { type PathwayType, pathwayTypes } from '../domain/learning-pathway.js'
import { DecimalScalar } from './decimal.scalar.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of the pathway types. */
export const PathwayTypeEnum = toEnum(pathwayTypes)
registerEnumType(PathwayTypeEnum, {
  name: 'LearningPathwayType',
  description: 'How much a pathway leaves to the learner.',
  valuesConfig: {
    OPEN: { description: 'Steps in any order, choices free.' },
    ELECTIVE: { description: 'Some steps fixed, choices within others.' },
    RIGID: { description: 'Every step, in order.' },
  },
})

/** The same input as in the catalogue. */
@InputType('DecimalRange', { description: 'A range of decimal numbers, both ends inclusive.' })
export class DecimalRangeInput {
  @Field(() => DecimalScalar, { nullable: true, description: 'Smallest value; null for no limit.' })
  readonly minimum?: string | null

  @Field(() => DecimalScalar, { nullable: true, description: 'Largest value; null for no limit.' })
  readonly maximum?: string | null
}

/** See the store's `MicroCredentialFilter`. */
@InputType('MicroCredentialFilter', {
  description:
    'Conditions that all have to hold. A list that is left out, or null, is no condition.',
})
export class MicroCredentialFilterInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that all have to occur in titles, descriptions, outcomes or skills, in any language; accents do not matter.',
  })
  readonly text?: string | null

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the jurisdictions whose rules hold, e.g. `NL`.',
  })
  readonly jurisdictions?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Slugs of the members that award.' })
  readonly awardingMembers?: string[] | null

  @Field(() => [Int], { nullable: true, description: 'Levels in the European framework.' })
  readonly eqfLevels?: number[] | null

  @Field(() => DecimalRangeInput, { nullable: true, description: 'ECTS credits.' })
  readonly ects?: DecimalRangeInput | null
}

/** See the store's `LearningPathwayFilter`. */
@InputType('LearningPathwayFilter', {
  description:
    'Conditions that all have to hold. A list that is left out, or null, is no condition.',
})
export class LearningPathwayFilterInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that all have to occur in titles, descriptions or steps, in any language; accents do not matter.',
  })
  readonly text?: string | null

  @Field(() => [String], {
    nullable: true,
    description: 'Slugs of members; a pathway counts when it involves one of them.',
  })
  readonly members?: string[] | null

  @Field(() => [PathwayTypeEnum], { nullable: true, description: 'Types of pathway.' })
  readonly types?: PathwayType[] | null
}
