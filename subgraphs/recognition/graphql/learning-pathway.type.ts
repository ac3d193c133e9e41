import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'
import type { PathwayType } from '../domain/learning-pathway.js'
import { DecimalScalar } from './decimal.scalar.js'
import { PathwayTypeEnum } from './filter.input.js'
import { PageInfoType } from './page-info.type.js'

/** See the domain's `PathwayStep`. */
@ObjectType('LearningPathwayStep', { description: 'One step of a learning pathway.' })
export class LearningPathwayStepType {
  @Field(() => Int, { description: 'Place in the pathway, from 1.' })
  readonly position!: number

  @Field(() => Boolean, { description: 'Whether the pathway cannot be completed without it.' })
  readonly required!: boolean

  @Field(() => Int, {
    description: 'How many of the opportunities to complete; all of them when it is their number.',
  })
  readonly chooseAtLeast!: number

  @Field(() => DecimalScalar, {
    description: 'ECTS credits the step asks for, whatever the choice.',
  })
  readonly ects!: string

  @Field(() => [ID], {
    description: 'Hub ids of the opportunities: there also when a member cannot be asked.',
  })
  readonly opportunityIds!: readonly string[]
}

/** See the domain's `LearningPathway`. */
@ObjectType('LearningPathway', {
  description: 'A way through learning opportunities of several members.',
})
@Directive('@key(fields: "id")')
export class LearningPathwayType {
  @Field(() => ID, { description: 'Hub id, `alliance:pathway:key`.' })
  readonly id!: string

  @Field(() => PathwayTypeEnum, { description: 'How much it leaves to the learner.' })
  readonly type!: PathwayType

  @Field(() => [LearningPathwayStepType], { description: 'Its steps in order.' })
  readonly steps!: readonly LearningPathwayStepType[]

  @Field(() => Boolean, {
    description: 'True while no rule of the alliance stands behind it: it shows what could be.',
  })
  readonly illustrative!: boolean

  @Field(() => Boolean, { description: 'True for sample data that no university published.' })
  readonly synthetic!: boolean
}

/** An edge of {@link LearningPathwayConnectionType}. */
@ObjectType('LearningPathwayEdge', { description: 'A pathway with its place in a list.' })
export class LearningPathwayEdgeType {
  @Field(() => String, { description: 'Place of this row in the list.' })
  readonly cursor!: string

  @Field(() => LearningPathwayType, { description: 'The pathway.' })
  readonly node!: LearningPathwayType
}

/** Relay connection of pathways. */
@ObjectType('LearningPathwayConnection', { description: 'A page of learning pathways, by title.' })
export class LearningPathwayConnectionType {
  @Field(() => Int, { description: 'Rows on all pages together.' })
  readonly totalCount!: number

  @Field(() => [LearningPathwayEdgeType], { description: 'The rows with their cursors.' })
  readonly edges!: readonly LearningPathwayEdgeType[]

  @Field(() => [LearningPathwayType], { description: 'The rows without cursors.' })
  readonly nodes!: readonly LearningPathwayType[]

  @Field(() => PageInfoType, { description: 'Where the page lies.' })
  readonly pageInfo!: PageInfoType
}
