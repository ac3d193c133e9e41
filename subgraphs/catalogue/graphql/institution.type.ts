import { Directive, Field, ID, ObjectType } from 'type-graphql'

@ObjectType({
  description: 'A member university of the alliance (OEAPI: Organisation; ELM: providedBy).',
})
@Directive('@key(fields: "id")')
export class Institution {
  @Field(() => ID, { description: 'Hub id, `member:institution:localId`.' })
  id!: string

  @Field(() => String, { description: 'The member’s short name in the register and in ids.' })
  slug!: string

  @Field(() => String, { description: 'ISO 3166-1 alpha-2 code of the country.' })
  countryCode!: string

  @Field(() => String, { description: 'Jurisdiction whose rules hold for credits and data.' })
  jurisdictionCode!: string

  @Field(() => String, { nullable: true, description: 'City of the main seat.' })
  city!: string | null

  @Field(() => [String], {
    description: 'BCP 47 languages the member teaches or publishes in, its main one first.',
  })
  languages!: readonly string[]

  @Field(() => String, { nullable: true, description: 'URL of the home page.' })
  homepage!: string | null
}
