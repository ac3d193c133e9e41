import { Field, InputType } from 'type-graphql'

/** What every mutation's input has. Never published itself. */
@InputType()
export abstract class KeyedInput {
  @Field(() => String, {
    description: 'Of your own making, 8–128 characters: the same key is carried out once only.',
  })
  readonly idempotencyKey!: string
}
