import { ArgsType, Field } from 'type-graphql'
import type { FacetSubject as Subject } from '../domain/catalogue-filter.js'
import { CatalogueFilterInput } from './catalogue-filter.input.js'
import { FacetSubject } from './enums.js'

/** Arguments of the facets. */
@ArgsType()
export class FacetArgs {
  @Field(() => CatalogueFilterInput, {
    nullable: true,
    description: 'What to narrow the counting by.',
  })
  filter?: CatalogueFilterInput | null

  @Field(() => FacetSubject, {
    nullable: true,
    defaultValue: 'COURSE_OFFERINGS',
    description: 'What to count.',
  })
  subject?: Subject | null
}
