import { Directive, Field, ObjectType } from 'type-graphql'
import type { Page } from '../store/title-page.js'

/** Relay's PageInfo, the same as in the catalogue. */
@ObjectType('PageInfo', { description: 'Where a page of a connection lies.' })
@Directive('@shareable')
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether there are rows after this page.' })
  readonly hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether there are rows before this page.' })
  readonly hasPreviousPage!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the first row; null on an empty page.',
  })
  readonly startCursor!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row; null on an empty page.',
  })
  readonly endCursor!: string | null
}

/** A page as a Relay connection. */
export interface Connection<Node> {
  readonly totalCount: number
  readonly edges: Page<Node>['edges']
  readonly nodes: readonly Node[]
  readonly pageInfo: PageInfoType
}

/** Prints a page as a Relay connection. */
export function toConnection<Node>(page: Page<Node>): Connection<Node> {
  const { totalCount, edges, hasNextPage, hasPreviousPage } = page
  return {
    totalCount,
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
