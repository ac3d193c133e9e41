import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from 'graphql'

/** How long what a field or type gives may be kept, and by whom. */
export interface CacheHint {
  /** Seconds. */
  readonly maxAge: number
  /** `PRIVATE`: by nobody but who asked. Default PUBLIC. */
  readonly scope?: 'PRIVATE'
}

const definitions = `
"""Who may be shown what is kept."""
enum CacheControlScope {
  """Everybody."""
  PUBLIC
  """Only who asked."""
  PRIVATE
}

"""How long an answer with this in it may be kept. What says nothing goes along with what it is in."""
directive @cacheControl(
  """Longest time in seconds."""
  maxAge: Int
  """PRIVATE: only for who asked."""
  scope: CacheControlScope
  """Goes along with what it is in."""
  inheritMaxAge: Boolean
) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`

const operationTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription'])

/**
 * Writes `@cacheControl` into a contract, for every cache that reads it: the subgraph's own server, which makes
 * `Cache-Control` of it, and the gateway. Types that are not named go along with what they are in; root fields that are
 * not named are never kept, so that nothing new is kept by accident.
 *
 * @param hints - By `Type` or `Type.field`.
 * @throws RangeError for a name the contract does not have: a typo would be a field that is never kept, or always.
 */
export function addCacheHints(sdl: string, hints: Readonly<Record<string, CacheHint>>): string {
  const document = parse(sdl, { noLocation: true })
  const unused = new Set(Object.keys(hints))

  function hintOf(name: string): readonly ConstDirectiveNode[] {
    const hint = hints[name]
    unused.delete(name)
    return hint === undefined ? [] : [toDirective(hint)]
  }

  function visitType(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
    const name = type.name.value
    const own = hintOf(name)
    const fields = type.fields?.map((field: FieldDefinitionNode) => ({
      ...field,
      directives: [...(field.directives ?? []), ...hintOf(`${name}.${field.name.value}`)],
    }))
    const inherited = operationTypes.has(name) ? [] : [inherit]
    const directives = [...(type.directives ?? []), ...(own.length > 0 ? own : inherited)]
    return { ...type, directives, ...(fields && { fields }) }
  }

  const [link, ...others] = document.definitions
  const hinted: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      ...(link ? [link] : []),
      ...parse(definitions, { noLocation: true }).definitions,
      ...others.map((definition) =>
        definition.kind === Kind.OBJECT_TYPE_DEFINITION ? visitType(definition) : definition,
      ),
    ],
  }
  if (unused.size > 0) {
    throw new RangeError(`cache hints for what there is not: ${[...unused].join(', ')}`)
  }
  return `${print(hinted)}\n`
}

function toDirective({ maxAge, scope }: CacheHint): ConstDirectiveNode {
  return directive([
    ['maxAge', { kind: Kind.INT, value: String(maxAge) }],
    ...(scope === undefined ? [] : ([['scope', { kind: Kind.ENUM, value: scope }]] as const)),
  ])
}

const inherit = directive([['inheritMaxAge', { kind: Kind.BOOLEAN, value: true }]])

type Value = NonNullable<ConstDirectiveNode['arguments']>[number]['value']

function directive(values: readonly (readonly [string, Value])[]): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'cacheControl' },
    arguments: values.map(([name, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: name },
      value,
    })),
  }
}
