import {
  type DefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { DataKeys } from './data-keys.js'
import { hidesSomeType, type OperationAccess } from './operation-access.js'
import type { OperationShape } from './operation-shape.js'
import { type ConditionValues, isIncluded } from './selection-included.js'
import type { SupergraphModel } from './supergraph-model.js'
import { toPlanVariables } from './variable-names.js'

const typenameField: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
}

/**
 * Rewrites a client's operation into the text the planner gets, or returns undefined when nothing of it needs a
 * subgraph. Fragments stay fragments: writing them out could take for ever.
 *
 * What changes, and why:
 * - Introspection fields go: the planner rejects them. So does `__typename` on root types, which plans a fetch of its own.
 * - `@skip` and `@include` are decided here, so each combination of values has its own plan. The planner's own handling
 *   fails on selections that are empty after it.
 * - Aliases become data keys; variables with names that plans use get others.
 * - `__typename` is asked for wherever the projection must know the concrete type.
 * - Fields the caller may not read go: what is denied is never fetched. Behind an abstract type, only the types that allow a
 *   field are asked for it.
 */
export function printPlannerDocument(
  shape: OperationShape,
  conditions: ConditionValues,
  dataKeys: DataKeys,
  apiSchema: GraphQLSchema,
  model: SupergraphModel,
  access: OperationAccess,
): string | undefined {
  const rootTypes = new Set<GraphQLNamedType | null | undefined>([
    apiSchema.getQueryType(),
    apiSchema.getMutationType(),
  ])
  const rewritten = new Map<string, FragmentDefinitionNode | undefined>()

  function rewriteSet(set: SelectionSetNode, parent: GraphQLNamedType): SelectionNode[] {
    const selections: SelectionNode[] = []
    for (const selection of set.selections) {
      if (!isIncluded(selection, conditions)) continue
      const kept = rewrite(selection, parent)
      if (kept === undefined) continue
      if (kept.kind === Kind.FIELD && access.isLimited)
        selections.push(...limit(kept, selection, parent))
      else selections.push(kept)
    }
    return selections
  }

  function rewrite(selection: SelectionNode, parent: GraphQLNamedType): SelectionNode | undefined {
    if (selection.kind === Kind.FIELD) return rewriteField(selection, parent)
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = typeNamed(selection.typeCondition?.name.value, parent)
      const selections = rewriteSet(selection.selectionSet, type)
      if (selections.length === 0) return undefined
      return { ...selection, directives: [], selectionSet: toSet(selections) }
    }
    const name = selection.name.value
    if (!rewritten.has(name)) rewritten.set(name, rewriteFragment(shape.fragments.get(name)))
    return rewritten.get(name) === undefined ? undefined : { ...selection, directives: [] }
  }

  /** The field as it is, nothing, or the field for each of the types that allow it. */
  function limit(
    field: FieldNode,
    asked: SelectionNode,
    parent: GraphQLNamedType,
  ): readonly SelectionNode[] {
    const name = asked.kind === Kind.FIELD ? asked.name.value : ''
    if (name.startsWith('__')) return [field]
    if (!isInterfaceType(parent)) return access.mayReadField(parent.name, name) ? [field] : []
    const types = apiSchema.getPossibleTypes(parent)
    const allowing = types.filter((type) => access.mayReadField(type.name, name))
    if (allowing.length === types.length) return [field]
    return allowing.map((type) => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
      selectionSet: toSet([field]),
    }))
  }

  function rewriteFragment(
    fragment: FragmentDefinitionNode | undefined,
  ): FragmentDefinitionNode | undefined {
    const type = fragment && apiSchema.getType(fragment.typeCondition.name.value)
    if (fragment === undefined || type === undefined) return undefined
    const selections = rewriteSet(fragment.selectionSet, type)
    if (selections.length === 0) return undefined
    return { ...fragment, directives: [], selectionSet: toSet(selections) }
  }

  function rewriteField(field: FieldNode, parent: GraphQLNamedType): FieldNode | undefined {
    const name = field.name.value
    if (name === '__typename') return rootTypes.has(parent) ? undefined : typenameField
    if (name.startsWith('__') || !(isObjectType(parent) || isInterfaceType(parent)))
      return undefined
    const definition = parent.getFields()[name]
    if (definition === undefined) return undefined
    const key = dataKeys.of(field)
    const { alias: _, selectionSet, ...rest } = field
    const asked: FieldNode = {
      ...rest,
      directives: [],
      ...(key !== name && { alias: { kind: Kind.NAME, value: key } }),
    }
    if (selectionSet === undefined) return asked
    const type = getNamedType(definition.type)
    const selections = rewriteSet(selectionSet, type)
    // An empty set is not GraphQL; the type's name is the cheapest thing to ask.
    if (selections.length === 0) selections.push(typenameField)
    if (
      needsTypename(selections, type, apiSchema, model) ||
      (isAbstractType(type) && hidesSomeType(access, type, apiSchema))
    ) {
      selections.unshift(typenameField)
    }
    return { ...asked, selectionSet: toSet(selections) }
  }

  function typeNamed(name: string | undefined, fallback: GraphQLNamedType): GraphQLNamedType {
    const type = name === undefined ? undefined : apiSchema.getType(name)
    return type !== undefined && isCompositeType(type) ? type : fallback
  }

  const root = apiSchema.getRootType(shape.operation.operation)
  if (!root) return undefined
  const selections = rewriteSet(shape.operation.selectionSet, root)
  if (selections.length === 0) return undefined
  const definitions: DefinitionNode[] = [
    { ...shape.operation, directives: [], selectionSet: toSet(selections) },
  ]
  for (const fragment of rewritten.values()) if (fragment !== undefined) definitions.push(fragment)
  return print(toPlanVariables({ kind: Kind.DOCUMENT, definitions }))
}

function toSet(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections }
}

/** Behind an abstract type: when fragments choose by type, or when some possible type must not be shown. */
function needsTypename(
  selections: readonly SelectionNode[],
  type: GraphQLNamedType,
  apiSchema: GraphQLSchema,
  model: SupergraphModel,
): boolean {
  if (!isAbstractType(type)) return false
  if (selections.some(({ kind }) => kind !== Kind.FIELD)) return true
  const accessible = apiSchema.getPossibleTypes(type).length
  return model.possibleTypes(type.name).size !== accessible
}
