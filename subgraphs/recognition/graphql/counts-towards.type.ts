import { Field, Int, ObjectType } from 'type-graphql'
import { createConnectionType } from './connection-type.js'

/** One larger thing that an opportunity counts towards; what it is, is resolved. */
@ObjectType('CountsTowards', {
  description:
    'A stacked credential or a learning pathway that an opportunity counts towards: one of the two is null.',
})
export class CountsTowardsType {
  @Field(() => [String], {
    description:
      'Keys of the requirements of the stacking rule it could serve; empty for a pathway.',
  })
  readonly requirementIds!: readonly string[]

  @Field(() => [Int], {
    description: 'Positions of the steps it can be chosen for; empty for a stacked credential.',
  })
  readonly stepPositions!: readonly number[]
}

/** Relay connection of what an opportunity counts towards. */
export const CountsTowardsConnectionType = createConnectionType(
  'CountsTowards',
  () => CountsTowardsType,
  'A page of what an opportunity counts towards: stacked credentials by id, then pathways by title.',
)
