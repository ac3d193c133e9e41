import { Field, InputType } from 'type-graphql'

/** See the store's `StackedCredentialFilter`. */
@InputType('StackedCredentialFilter', {
  description:
    'Conditions that all have to hold. A list that is left out, or null, is no condition.',
})
export class StackedCredentialFilterInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that all have to occur in titles or descriptions, in any language; accents do not matter.',
  })
  readonly text?: string | null

  @Field(() => [String], { nullable: true, description: 'Slugs of members that award the whole.' })
  readonly awardingMembers?: string[] | null
}
