import { Directive, Field, Int, ObjectType } from 'type-graphql'
import type { CatalogueFacets as Facets } from '../domain/catalogue-filter.js'

@Directive('@cost(weight: 0)')
@ObjectType({ description: 'How many things have one value.' })
export class FacetCount {
  @Field(() => String, { description: 'The value: a slug, code, enum value or band.' })
  value!: string

  @Field(() => Int, { description: 'How many matching things have it.' })
  count!: number
}

@ObjectType({
  description: 'Counts per value over everything that matches a filter, largest first.',
})
export class CatalogueFacets implements Facets {
  @Field(() => Int, { description: 'How many things match.' })
  totalCount!: number

  @Field(() => [FacetCount], { description: 'By slug of the institution.' })
  institutions!: readonly FacetCount[]

  @Field(() => [FacetCount], { description: 'By code of the jurisdiction.' })
  jurisdictions!: readonly FacetCount[]

  @Field(() => [FacetCount], { description: 'By kind of opportunity.' })
  kinds!: readonly FacetCount[]

  @Field(() => [FacetCount], {
    description:
      'By band of ECTS credits: <1, 1-3, 3-6, 6-12, 12-30, >30 and unknown (lower end exclusive, upper end inclusive, except 1-3 which includes 1).',
  })
  ects!: readonly FacetCount[]

  @Field(() => [FacetCount], { description: 'By EQF level.' })
  eqfLevels!: readonly FacetCount[]

  @Field(() => [FacetCount], { description: 'By broad field of ISCED-F 2013, two digits.' })
  iscedF!: readonly FacetCount[]

  @Field(() => [FacetCount], { description: 'By language of teaching.' })
  languages!: readonly FacetCount[]

  @Field(() => [FacetCount], { description: 'By mode of delivery.' })
  modes!: readonly FacetCount[]
}
