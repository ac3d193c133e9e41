import { Field, ID, ObjectType } from 'type-graphql'

/** The learner that asks; everything else is resolved. */
@ObjectType('Learner', {
  description: 'The learner that asks, and what recognition knows of them. Nobody sees another’s.',
})
export class LearnerType {
  @Field(() => ID, { description: 'Hub id, `alliance:learner:subject`; tell it to a registrar.' })
  readonly id!: string

  @Field(() => String, {
    nullable: true,
    description: 'Slug of the home member; null when it is none of the alliance.',
  })
  readonly homeMember!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'As the learner wants to be called on the passport; null until they say so.',
  })
  readonly displayName!: string | null

  @Field(() => Boolean, { description: 'True for sample data of no real person.' })
  readonly synthetic!: boolean
}
