import { Field, ID, ObjectType } from 'type-graphql'
import type { Dimension } from '../domain/dimension.js'
import { StatisticsDimensionEnum } from './statistics-enums.js'

/** See the domain's `Measure`. */
@ObjectType('StatisticsMeasure', { description: 'The definition of a measure.' })
export class MeasureType {
  @Field(() => ID, { description: 'Stable id, to be quoted with a figure.' })
  readonly id!: string

  @Field(() => String, { description: 'What is counted.' })
  readonly description!: string

  @Field(() => String, { description: 'Unit of the figures.' })
  readonly unit!: string

  @Field(() => String, {
    nullable: true,
    description: 'Id of the measure it is a share of or stands on; null for counts.',
  })
  readonly denominator!: string | null

  @Field(() => String, { description: 'How it is protected, for analysts.' })
  readonly disclosureRule!: string

  @Field(() => [StatisticsDimensionEnum], { description: 'What it can be broken down by.' })
  readonly dimensions!: readonly Dimension[]
}
