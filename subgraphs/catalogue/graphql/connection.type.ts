import { Directive, Field, ObjectType } from 'type-graphql'
import type { Offering, Opportunity } from '../domain/catalogue-view.js'
import type { Page } from '../domain/page.js'
import { CourseOffering } from './course-offering.type.js'
import { LearningOpportunity } from './learning-opportunity.type.js'

@ObjectType({ description: 'Where a page lies in its list, as Relay defines it.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether something follows the page.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether something precedes the page.' })
  hasPreviousPage!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the first edge; null when empty.',
  })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; null when empty.' })
  endCursor!: string | null
}

@ObjectType({ description: 'A run at its place in a list.' })
export class CourseOfferingEdge {
  @Field(() => String, {
    description: 'Opaque position, good for `after` and `before` in the same order.',
  })
  cursor!: string

  @Field(() => CourseOffering, { description: 'The run.' })
  node!: Offering
}

@ObjectType({ description: 'A page of runs.' })
export class CourseOfferingConnection {
  @Field(() => [CourseOfferingEdge], { description: 'The runs with their positions.' })
  edges!: readonly CourseOfferingEdge[]

  @Field(() => [CourseOffering], { description: 'The runs.' })
  nodes!: readonly Offering[]

  @Field(() => PageInfo, { description: 'Where the page lies.' })
  pageInfo!: PageInfo
}

@ObjectType({ description: 'An opportunity at its place in a list.' })
export class LearningOpportunityEdge {
  @Field(() => String, {
    description: 'Opaque position, good for `after` and `before` in the same order.',
  })
  cursor!: string

  @Field(() => LearningOpportunity, { description: 'The opportunity.' })
  node!: Opportunity
}

@ObjectType({ description: 'A page of opportunities.' })
export class LearningOpportunityConnection {
  @Field(() => [LearningOpportunityEdge], {
    description: 'The opportunities with their positions.',
  })
  edges!: readonly LearningOpportunityEdge[]

  @Field(() => [LearningOpportunity], { description: 'The opportunities.' })
  nodes!: readonly Opportunity[]

  @Field(() => PageInfo, { description: 'Where the page lies.' })
  pageInfo!: PageInfo
}

/** A page as resolvers hand it on; the total is only counted when somebody asks for it. */
export interface Connection<Node> {
  readonly edges: Page<Node>['edges']
  readonly nodes: readonly Node[]
  readonly pageInfo: PageInfo
  countTotal(): Promise<number>
}

/** Dresses a page as a Relay connection. */
export function toConnection<Node>(
  page: Page<Node>,
  countTotal: () => Promise<number>,
): Connection<Node> {
  const { edges, hasNextPage, hasPreviousPage } = page
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    countTotal,
  }
}
