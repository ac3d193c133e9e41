import { Kind } from 'graphql'
import type { FederationCase } from '../engine/federation-case.js'
import type { GraphFacts } from './graph-facts.js'
import type { GraphWorld, WorldObject } from './graph-world.js'
import type { MergedGraph } from './random-graph.js'

/** A graph's subgraphs with resolvers that answer from the world, to be started as a federation case. */
export function toFederationCase(
  { name, subgraphs, documents }: MergedGraph,
  facts: GraphFacts,
  world: GraphWorld,
): FederationCase {
  const served: Record<string, FederationCase['subgraphs'][string]> = {}
  for (const [subgraph, document] of documents) {
    const resolvers: Record<string, Record<string, unknown>> = {}
    for (const type of document.definitions) {
      const isInterface = type.kind === Kind.INTERFACE_TYPE_DEFINITION
      if (!isInterface && type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
      const typeName = type.name.value
      const fields: Record<string, unknown> = {}
      for (const field of isInterface ? [] : (type.fields ?? [])) {
        fields[field.name.value] = createResolver(facts, world, typeName, field.name.value)
      }
      if (facts.keysOf(subgraph, typeName).length > 0) {
        fields.__resolveReference = (representation: Record<string, unknown>) => {
          const object = world.lookUp(subgraph, typeName, representation)
          return isInterface ? object : { ...object, __typename: typeName }
        }
      }
      if (Object.keys(fields).length > 0) resolvers[typeName] = fields
    }
    served[subgraph] = { typeDefs: subgraphs[subgraph] ?? '', resolvers }
  }
  return { title: name, subgraphs: served, operations: [] }
}

function createResolver(facts: GraphFacts, world: GraphWorld, type: string, field: string) {
  return (source: WorldObject | undefined, args: Record<string, unknown>) => {
    const isComputed = source !== undefined && facts.requiredFor(source.type, field) !== undefined
    if (isComputed && source.representation === undefined) {
      throw new Error(`${type}.${field} was asked for without what it requires`)
    }
    return world.resolve(source, type, field, args)
  }
}
