import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { type EnrolmentState, enrolmentStates } from '../store/enrolment.store.js'
import { createConnectionType } from './connection-type.js'
import { DateScalar } from './date.scalar.js'
import { toEnum } from './to-enum.js'

const EnrolmentStateEnum = toEnum(enrolmentStates)
registerEnumType(EnrolmentStateEnum, {
  name: 'PathwayEnrolmentState',
  description: 'How far a learner is on a pathway.',
  valuesConfig: {
    ENROLLED: { description: 'On the way.' },
    COMPLETED: { description: 'Every required step is completed.' },
    WITHDRAWN: { description: 'The learner has left it.' },
  },
})

/** See the store's `Enrolment`. */
@ObjectType('PathwayProgress', {
  description: 'A learner’s way through a pathway. Seen by the learner only.',
})
export class PathwayProgressType {
  @Field(() => EnrolmentStateEnum, { description: 'How far the learner is.' })
  readonly state!: EnrolmentState

  @Field(() => DateScalar, { description: 'Since when.' })
  readonly enrolledOn!: string

  @Field(() => DateScalar, { nullable: true, description: 'Completed or left; null on the way.' })
  readonly endedOn!: string | null

  @Field(() => [Int], { description: 'Positions of the steps that are completed.' })
  readonly completedSteps!: readonly number[]

  @Field(() => Int, { description: 'Counts changes; say it when you withdraw.' })
  readonly version!: number
}

/** Relay connection of pathways in progress. */
export const PathwayProgressConnectionType = createConnectionType(
  'PathwayProgress',
  () => PathwayProgressType,
  'A page of a learner’s pathways, latest first.',
)
