import { composeServices } from '@theguild/federation-composition'
import { buildSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql'

/** A federated graph without data: what its fields answer follows from its schema alone (`graph-world.ts`). */
export interface RandomGraph {
  readonly name: string
  /** SDL of each subgraph; the harness adds the `@link` to Federation 2. */
  readonly subgraphs: Readonly<Record<string, string>>
}

/** The same graph as one schema, and as parsed parts. */
export interface MergedGraph extends RandomGraph {
  /** What clients see, from the composer, not from the engine. */
  readonly schema: GraphQLSchema
  /** The same with everything inaccessible. */
  readonly fullSchema: GraphQLSchema
  readonly documents: ReadonlyMap<string, DocumentNode>
}

const federationLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@tag"
])\n`

/** Composes a graph into the one schema that local execution uses. */
export function mergeGraph(graph: RandomGraph): MergedGraph {
  const documents = new Map(
    Object.entries(graph.subgraphs).map(([name, sdl]) => [name, parse(federationLink + sdl)]),
  )
  const services = [...documents].map(([name, typeDefs]) => ({ name, typeDefs, url: 'http://x/' }))
  const composed = composeServices(services)
  if (composed.publicSdl === undefined) {
    const faults = composed.errors.map((error) => error.message).join('\n')
    throw new Error(`graph ${graph.name} does not compose: ${faults}`)
  }
  const schema = buildSchema(composed.publicSdl)
  const fullSchema = buildSchema(composed.supergraphSdl, { assumeValidSDL: true })
  return { ...graph, schema, fullSchema, documents }
}
