import { ArgsType, Field, Int } from 'type-graphql'

/** Relay's forward paging arguments; `readPageRequest` checks them. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'Rows on the page: 0–100, default 20.' })
  readonly first?: number | null

  @Field(() => String, { nullable: true, description: 'Cursor to go on from.' })
  readonly after?: string | null
}
