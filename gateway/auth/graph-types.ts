import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql'
import type { AccessCondition } from './access-conditions.js'
import type { ConditionReader } from './access-directives.js'

/** One field of a type, by its coordinates. */
export interface FieldCoordinate {
  readonly type: string
  readonly field: string
}

export interface GraphField {
  /** Name of the type it gives, without lists and non-nulls. */
  readonly type: string
  /** Conditions that stand at the field. */
  readonly own: readonly AccessCondition[]
  /** Fields some subgraph is handed to work this one out. */
  readonly requires: readonly FieldCoordinate[]
}

export interface GraphType {
  readonly kind: 'object' | 'interface' | 'union' | 'leaf'
  readonly own: readonly AccessCondition[]
  readonly interfaces: readonly string[]
  readonly fields: ReadonlyMap<string, GraphField>
  /** Object types behind an interface or union. */
  readonly possible: readonly string[]
}

/** The types of a supergraph as far as access depends on them, inaccessible ones too. */
type GraphTypes = ReadonlyMap<string, GraphType>

/** Reads them from the supergraph's definitions. */
export function readGraphTypes(document: DocumentNode, readOwn: ConditionReader): GraphTypes {
  const fieldTypes = new Map<string, ReadonlyMap<string, string>>()
  const contexts = new Map<string, string[]>()
  const possible = new Map<string, string[]>()
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined) continue
    const name = definition.name.value
    if ('interfaces' in definition && definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      for (const parent of definition.interfaces ?? []) push(possible, parent.name.value, name)
    }
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const member of definition.types ?? []) push(possible, name, member.name.value)
    }
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    )
      continue
    const fields = definition.fields ?? []
    fieldTypes.set(name, new Map(fields.map((field) => [field.name.value, nameOf(field.type)])))
    for (const directive of definition.directives ?? []) {
      const context = directive.name.value === 'context' && readString(directive, 'name')
      if (context) push(contexts, context, name)
    }
  }

  /** Every field a selection names, from an object or interface down. */
  function listSelected(selection: string, type: string): readonly FieldCoordinate[] {
    const isWhole = selection.trimStart().startsWith('{')
    const [operation] = parse(isWhole ? selection : `{ ${selection} }`).definitions
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return []
    const found: FieldCoordinate[] = []
    const walk = (set: SelectionSetNode, parent: string): void => {
      for (const node of set.selections) {
        if (node.kind === Kind.INLINE_FRAGMENT) {
          walk(node.selectionSet, node.typeCondition?.name.value ?? parent)
        } else if (node.kind === Kind.FIELD) {
          const field = node.name.value
          // Behind an interface, whichever type it turns out to be.
          for (const concrete of [parent, ...(possible.get(parent) ?? [])]) {
            found.push({ type: concrete, field })
          }
          const inner = fieldTypes.get(parent)?.get(field)
          if (node.selectionSet && inner !== undefined) walk(node.selectionSet, inner)
        }
      }
    }
    walk(operation.selectionSet, type)
    return found
  }

  function readField(field: FieldDefinitionNode, parent: string): GraphField {
    const requires: FieldCoordinate[] = []
    for (const directive of field.directives ?? []) {
      if (directive.name.value !== 'join__field') continue
      const selection = readString(directive, 'requires')
      if (selection !== undefined) requires.push(...listSelected(selection, parent))
      for (const { context, selection: taken } of readContextArguments(directive)) {
        for (const type of contexts.get(context) ?? []) requires.push(...listSelected(taken, type))
      }
    }
    return { type: nameOf(field.type), own: readOwn(field.directives), requires }
  }

  const types = new Map<string, GraphType>()
  for (const definition of document.definitions) {
    const kind = kinds.get(definition.kind)
    if (kind === undefined || !('name' in definition) || definition.name === undefined) continue
    const name = definition.name.value
    const fields = 'fields' in definition ? (definition.fields ?? []) : []
    types.set(name, {
      kind,
      own: readOwn('directives' in definition ? (definition.directives as never) : undefined),
      interfaces: 'interfaces' in definition ? (definition.interfaces ?? []).map(toName) : [],
      fields: new Map(
        fields.flatMap((field) =>
          field.kind === Kind.FIELD_DEFINITION
            ? [[field.name.value, readField(field, name)] as const]
            : [],
        ),
      ),
      possible: possible.get(name) ?? [],
    })
  }
  return types
}

const kinds: ReadonlyMap<string, GraphType['kind']> = new Map([
  [Kind.OBJECT_TYPE_DEFINITION, 'object'],
  [Kind.INTERFACE_TYPE_DEFINITION, 'interface'],
  [Kind.UNION_TYPE_DEFINITION, 'union'],
  [Kind.SCALAR_TYPE_DEFINITION, 'leaf'],
  [Kind.ENUM_TYPE_DEFINITION, 'leaf'],
] as const)

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type)
}

function toName({ name }: { readonly name: { readonly value: string } }): string {
  return name.value
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

function readString(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value
  return value?.kind === Kind.STRING ? value.value : undefined
}

/** What a field takes from a type above it (`@fromContext`). */
function readContextArguments(
  directive: ConstDirectiveNode,
): readonly { readonly context: string; readonly selection: string }[] {
  const list = directive.arguments?.find(({ name }) => name.value === 'contextArguments')?.value
  if (list?.kind !== Kind.LIST) return []
  return list.values.flatMap((item) => {
    if (item.kind !== Kind.OBJECT) return []
    const texts = new Map(
      item.fields.map(({ name, value }) => [
        name.value,
        value.kind === Kind.STRING ? value.value : '',
      ]),
    )
    return [{ context: texts.get('context') ?? '', selection: texts.get('selection') ?? '' }]
  })
}
