import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { isConditional } from './selection-condition.js'

export interface PrunedDocument {
  readonly document: DocumentNode
  /** Fields taken out, as `Type.field`. */
  readonly pruned: readonly string[]
  /** Arguments, input fields and enum values that are asked for and cannot be taken out without changing the question. */
  readonly unanswerable: readonly string[]
}

/**
 * Takes out of a document what a lagging member does not know. Where a field stood, `__typename` is asked under a
 * reserved name: {@link fillPruned} then finds, by that name, exactly the objects whose field must be null,
 * whatever fragments and conditions led there.
 */
export function pruneUnknown(
  schema: GraphQLSchema,
  document: DocumentNode,
  missing: ReadonlySet<string>,
  reserved: string,
): PrunedDocument {
  const pruned = new Set<string>()
  const unanswerable = new Set<string>()
  const lostFragments = new Set<string>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue
    if (missing.has(definition.typeCondition.name.value)) lostFragments.add(definition.name.value)
  }
  const typeInfo = new TypeInfo(schema)

  function toPlaceholder(node: FieldNode): FieldNode {
    const key = node.alias?.value ?? node.name.value
    return {
      kind: Kind.FIELD,
      alias: { kind: Kind.NAME, value: `${nullPrefix(reserved)}${key}` },
      name: { kind: Kind.NAME, value: '__typename' },
      directives: node.directives?.filter(isConditional) ?? [],
    }
  }

  const visitor = {
    Field(node: FieldNode): FieldNode | undefined {
      const parent = typeInfo.getParentType()?.name
      if (parent === undefined) return undefined
      const field = `${parent}.${node.name.value}`
      const argument = node.arguments?.find(({ name }) => missing.has(`${field}(${name.value}:)`))
      if (!missing.has(field) && argument === undefined) return undefined
      const name = argument === undefined ? field : `${field}(${argument.name.value}:)`
      if (argument !== undefined && isNonNullType(typeInfo.getType())) {
        unanswerable.add(name)
        return undefined
      }
      pruned.add(name)
      return toPlaceholder(node)
    },
    ObjectField(node: { readonly name: { readonly value: string } }): void {
      const input = typeInfo.getParentInputType()
      if (input === null || input === undefined) return
      const name = `${getNamedType(input).name}.${node.name.value}`
      if (missing.has(name)) unanswerable.add(name)
    },
    EnumValue(node: { readonly value: string }): void {
      const type = getNamedType(typeInfo.getInputType())
      const name = isEnumType(type) ? `${type.name}.${node.value}` : ''
      if (missing.has(name)) unanswerable.add(name)
    },
    InlineFragment(node: ASTNode): null | undefined {
      if (node.kind !== Kind.INLINE_FRAGMENT) return undefined
      return missing.has(node.typeCondition?.name.value ?? '') ? null : undefined
    },
    FragmentSpread: (node: ASTNode): null | undefined =>
      node.kind === Kind.FRAGMENT_SPREAD && lostFragments.has(node.name.value) ? null : undefined,
    FragmentDefinition: (node: ASTNode): null | undefined =>
      node.kind === Kind.FRAGMENT_DEFINITION && lostFragments.has(node.name.value)
        ? null
        : undefined,
  }
  const kept = visit(document, visitWithTypeInfo(typeInfo, visitor))
  return {
    document: keepSelectionsFilled(kept, reserved),
    pruned: [...pruned],
    unanswerable: [...unanswerable],
  }
}

/** Makes the pruned fields of an answer null, in place. */
export function fillPruned(value: unknown, reserved: string): void {
  if (Array.isArray(value)) {
    for (const item of value) fillPruned(item, reserved)
  } else if (typeof value === 'object' && value !== null) {
    const prefix = nullPrefix(reserved)
    const object = value as Record<string, unknown>
    for (const key of Object.keys(object)) {
      if (key.startsWith(prefix)) {
        delete object[key]
        object[key.slice(prefix.length)] = null
      } else {
        fillPruned(object[key], reserved)
      }
    }
  }
}

function nullPrefix(reserved: string): string {
  return `${reserved}_null_`
}

/** A selection set that lost its only fragment would be `{ }`, which is no GraphQL. */
function keepSelectionsFilled(document: DocumentNode, reserved: string): DocumentNode {
  return visit(document, {
    SelectionSet(node) {
      if (node.selections.length > 0) return undefined
      return {
        ...node,
        selections: [
          {
            kind: Kind.FIELD,
            alias: { kind: Kind.NAME, value: `${reserved}_any` },
            name: { kind: Kind.NAME, value: '__typename' },
          } satisfies FieldNode,
        ],
      }
    },
  })
}
