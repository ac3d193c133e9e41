import { Kind, parse, print, visit } from 'graphql'
import type { RandomSource } from './random-source.js'

/** Access directives a mark is chosen from. */
const marks = [
  '@authenticated',
  '@requiresScopes(scopes: [["s1"]])',
  '@requiresScopes(scopes: [["s2", "s1"]])',
  '@policy(policies: [["role:analyst"]])',
] as const

const definitions = `
directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
`

/** A supergraph with access directives strewn over some of its object types and their fields. */
export function markSupergraph(supergraphSdl: string, random: RandomSource): string {
  const marked = visit(parse(supergraphSdl), {
    ObjectTypeDefinition: (type) => ({
      ...type,
      directives: [
        ...(type.directives ?? []),
        ...(type.name.value === 'Query' || !random.chance(0.06) ? [] : toDirectives(random)),
      ],
      fields: type.fields?.map((field) => ({
        ...field,
        directives: [
          ...(field.directives ?? []),
          ...(random.chance(0.08) ? toDirectives(random) : []),
        ],
      })),
    }),
  })
  return `${print(marked)}${definitions}`
}

function toDirectives(random: RandomSource) {
  const [definition] = parse(`type T ${random.pick(marks)} { f: Int }`).definitions
  return definition?.kind === Kind.OBJECT_TYPE_DEFINITION ? (definition.directives ?? []) : []
}
