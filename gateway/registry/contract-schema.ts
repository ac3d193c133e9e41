import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
} from 'graphql'

/**
 * A schema from a federated subgraph's SDL, without checking its directives: what composition knows of `@key` and
 * `@link` is not ours to judge. Types that are only ever extended (`extend type Query`) count as defined.
 *
 * @throws GraphQLError when the text is not SDL, or TypeError when a type it uses is not defined.
 */
export function buildSubgraphSchema(sdl: string): GraphQLSchema {
  return buildASTSchema(defineExtendedTypes(parse(sdl, { noLocation: true })), {
    assumeValidSDL: true,
  })
}

function defineExtendedTypes(document: DocumentNode): DocumentNode {
  const defined = new Set<string>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) defined.add(definition.name.value)
  }
  const definitions = document.definitions.map((definition): DefinitionNode => {
    if (definition.kind !== Kind.OBJECT_TYPE_EXTENSION || defined.has(definition.name.value)) {
      return definition
    }
    defined.add(definition.name.value)
    return { ...definition, kind: Kind.OBJECT_TYPE_DEFINITION }
  })
  return { ...document, definitions }
}
