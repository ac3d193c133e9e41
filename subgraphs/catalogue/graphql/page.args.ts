import { ArgsType, Field, Int } from 'type-graphql'
import type { PageArguments } from '../domain/page.js'
import { CatalogueFilterInput, CatalogueOrderInput } from './catalogue-filter.input.js'

/** Arguments of the catalogue's two lists. */
@ArgsType()
export class CataloguePageArgs implements PageArguments {
  @Field(() => CatalogueFilterInput, { nullable: true, description: 'What to narrow the list by.' })
  filter?: CatalogueFilterInput | null

  @Field(() => CatalogueOrderInput, {
    nullable: true,
    description:
      'Default: by relevance when there is a search text, else runs by start date and opportunities by title.',
  })
  orderBy?: CatalogueOrderInput | null

  @Field(() => Int, {
    nullable: true,
    description: 'Page size from the start of the list, 0–100; default 20.',
  })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Cursor the page comes after.' })
  after?: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'Page size from the end of the list, 0–100. Not together with first.',
  })
  last?: number | null

  @Field(() => String, { nullable: true, description: 'Cursor the page comes before.' })
  before?: string | null
}

/** Arguments of an opportunity's runs. */
@ArgsType()
export class RunPageArgs {
  @Field(() => Int, { nullable: true, description: 'Page size, 0–100; default 20.' })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Cursor the page comes after.' })
  after?: string | null
}
