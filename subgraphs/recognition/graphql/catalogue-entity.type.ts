import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** A learning opportunity as recognition knows it: its id. The rest belongs to the member's catalogue. */
@ObjectType('LearningOpportunity', {
  description: 'Something a member offers to learn; described in full by its catalogue.',
})
@Directive('@key(fields: "id")')
export class LearningOpportunityType {
  @Field(() => ID, { description: 'Hub id, `member:opportunity:localId`.' })
  readonly id!: string
}

/** A run as recognition knows it: its id. */
@ObjectType('CourseOffering', {
  description: 'A dated run of a learning opportunity; described in full by its catalogue.',
})
@Directive('@key(fields: "id")')
export class CourseOfferingType {
  @Field(() => ID, { description: 'Hub id, `member:offering:localId`.' })
  readonly id!: string
}

/** An institution as recognition knows it: its id. */
@ObjectType('Institution', {
  description: 'A member of the alliance; described in full by its catalogue.',
})
@Directive('@key(fields: "id")')
export class InstitutionType {
  @Field(() => ID, { description: 'Hub id, `member:institution:localId`.' })
  readonly id!: string
}
