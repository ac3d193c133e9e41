import { type ClassType, Field, Int, ObjectType } from 'type-graphql'
import { PageInfoType } from './page-info.type.js'

/** The Relay connection class of a node type: `<name>Connection` with `<name>Edge`. */
export function createConnectionType<Node extends object>(
  name: string,
  node: () => ClassType<Node>,
  description: string,
) {
  @ObjectType(`${name}Edge`, { description: 'A row with its place in a list.' })
  class Edge {
    @Field(() => String, { description: 'Place of this row in the list.' })
    readonly cursor!: string

    @Field(node, { description: 'The row.' })
    readonly node!: Node
  }

  @ObjectType(`${name}Connection`, { description })
  class ListConnection {
    @Field(() => Int, { description: 'Rows on all pages together.' })
    readonly totalCount!: number

    @Field(() => [Edge], { description: 'The rows with their cursors.' })
    readonly edges!: readonly Edge[]

    @Field(() => [node()], { description: 'The rows without cursors.' })
    readonly nodes!: readonly Node[]

    @Field(() => PageInfoType, { description: 'Where the page lies.' })
    readonly pageInfo!: PageInfoType
  }
  return ListConnection
}
