import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import {
  type CompletionRun,
  completeOnce,
  createValueCompleter,
  type ValueCompleter,
} from './complete-value.js'
import type { DataKeys } from './data-keys.js'
import { createDenial } from './deny-field.js'
import type { LocalIntrospection } from './local-introspection.js'
import { hidesSomeType, type OperationAccess } from './operation-access.js'
import { type ConditionValues, isIncluded } from './selection-included.js'
import type { SupergraphModel } from './supergraph-model.js'

export interface ProjectionOptions {
  readonly apiSchema: GraphQLSchema
  readonly model: SupergraphModel
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly conditions: ConditionValues
  readonly dataKeys: DataKeys
  readonly introspection: LocalIntrospection
  readonly access: OperationAccess
}

/** One field of one concrete type: where its value lies and how it is completed. */
interface FieldProjection {
  readonly responseKey: string
  readonly dataKey: string
  readonly complete: ValueCompleter
}

/**
 * Compiles a client's selection into a function from collected data to the client's answer: fields in the client's
 * order under the client's keys, nothing else, nulls as the specification says. Each concrete type's fields are worked out on
 * first sight.
 */
export function compileProjection(
  selectionSet: SelectionSetNode,
  rootType: GraphQLCompositeType,
  options: ProjectionOptions,
): ValueCompleter {
  const { apiSchema, model, fragments, conditions, dataKeys, introspection, access } = options
  let sites = 0

  function compileComposite(
    sets: readonly SelectionSetNode[],
    type: GraphQLCompositeType,
  ): ValueCompleter {
    const byTypename = new Map<string | undefined, readonly FieldProjection[]>()
    function fieldsOf(typename: string | undefined): readonly FieldProjection[] {
      let fields = byTypename.get(typename)
      if (fields === undefined) {
        fields = compileFields(sets, type, typename)
        byTypename.set(typename, fields)
      }
      return fields
    }
    if (isObjectType(type)) {
      let fields: readonly FieldProjection[] | undefined
      return (value, run) => {
        if (!isObject(value)) return completeMissing(value, type, run)
        fields ??= fieldsOf(type.name)
        return completeObject(value, fields, run)
      }
    }
    const allowed = new Set(apiSchema.getPossibleTypes(type).map(({ name }) => name))
    const denyValue = createDenial(type, access)
    let isTypeDecisive: boolean | undefined
    return (value, run) => {
      if (!isObject(value)) return completeMissing(value, type, run)
      const typename = value.__typename
      if (typeof typename === 'string' && model.objectTypes.has(typename)) {
        if (!access.maySeeType(typename)) return denyValue(value, run)
        if (allowed.has(typename)) return completeObject(value, fieldsOf(typename), run)
        run.failures.addViolation(
          `${type.name} has a type that the API does not show.`,
          run.path.slice(),
        )
        return null
      }
      // Not asked for, or an interface object nobody has told the concrete type of.
      if (hidesSomeType(access, type, apiSchema)) return denyValue(value, run)
      const fields = fieldsOf(undefined)
      isTypeDecisive ??= [...allowed].some((name) => fieldsOf(name).length > fields.length)
      // Who should have told it failed: without its type nobody can say which fields this object must have.
      if (isTypeDecisive && run.failures.explains(run.path)) return null
      return completeObject(value, fields, run)
    }
  }

  function compileFields(
    sets: readonly SelectionSetNode[],
    type: GraphQLCompositeType,
    typename: string | undefined,
  ): readonly FieldProjection[] {
    const groups = new Map<string, FieldNode[]>()
    const visited = new Set<string>()
    for (const set of sets) collectFields(set, typename ?? type.name, groups, visited)
    const fields: FieldProjection[] = []
    for (const [responseKey, nodes] of groups) {
      const field = compileField(responseKey, nodes, type, typename)
      if (field !== undefined) fields.push(field)
    }
    return fields
  }

  /** CollectFields, spec 6.3.2. `typename` may be abstract: then only what holds for every possible type matches. */
  function collectFields(
    set: SelectionSetNode,
    typename: string,
    groups: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, conditions)) continue
      if (selection.kind === Kind.FIELD) {
        const responseKey = selection.alias?.value ?? selection.name.value
        const group = groups.get(responseKey)
        if (group === undefined) groups.set(responseKey, [selection])
        else group.push(selection)
        continue
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value
        const fragment = fragments.get(name)
        if (visited.has(name) || fragment === undefined) continue
        visited.add(name)
        if (!matches(typename, fragment.typeCondition.name.value)) continue
        collectFields(fragment.selectionSet, typename, groups, visited)
        continue
      }
      const condition = selection.typeCondition?.name.value
      if (condition !== undefined && !matches(typename, condition)) continue
      collectFields(selection.selectionSet, typename, groups, visited)
    }
  }

  function matches(typename: string, condition: string): boolean {
    if (model.satisfies(typename, condition)) return true
    const possible = model.possibleTypes(typename)
    if (possible.size === 0 || model.objectTypes.has(typename)) return false
    return [...possible].every((name) => model.satisfies(name, condition))
  }

  function compileField(
    responseKey: string,
    nodes: readonly FieldNode[],
    type: GraphQLCompositeType,
    typename: string | undefined,
  ): FieldProjection | undefined {
    const [first] = nodes
    if (first === undefined) return undefined
    const name = first.name.value
    const parent = typename === undefined ? type : apiSchema.getType(typename)
    if (name === '__typename') {
      const complete: ValueCompleter =
        typename === undefined ? toUnknownTypename(type) : () => typename
      return { responseKey, dataKey: '__typename', complete }
    }
    if (name.startsWith('__')) {
      return { responseKey, dataKey: name, complete: introspection.compile(responseKey, nodes) }
    }
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined
    const definition = parent.getFields()[name]
    if (definition === undefined) return undefined
    if (!mayRead(parent, name)) {
      const complete = createDenial(definition.type, access)
      return { responseKey, dataKey: dataKeys.of(first), complete }
    }
    const named = getNamedType(definition.type)
    const inner = isCompositeType(named)
      ? compileComposite(
          nodes.flatMap((node) => node.selectionSet ?? []),
          named,
        )
      : undefined
    const label = `${parent.name}.${name}`
    const complete = createValueCompleter(definition.type, label, inner)
    const dataKey = dataKeys.of(first)
    if (inner === undefined) return { responseKey, dataKey, complete }
    sites += 1
    return { responseKey, dataKey, complete: completeOnce(complete, sites) }
  }

  /** Without a concrete type, only what every possible type allows. */
  function mayRead(parent: GraphQLObjectType | GraphQLInterfaceType, field: string): boolean {
    if (!access.isLimited) return true
    const types = isObjectType(parent) ? [parent] : apiSchema.getPossibleTypes(parent)
    return types.every((type) => access.mayReadField(type.name, field))
  }

  return compileComposite([selectionSet], rootType)
}

function completeObject(
  source: Readonly<Record<string, unknown>>,
  fields: readonly FieldProjection[],
  run: CompletionRun,
): unknown {
  const { path, memo } = run
  const depth = path.length
  const { met } = memo
  path.push('')
  const answer: Record<string, unknown> = {}
  let isNull = false
  for (const { responseKey, dataKey, complete } of fields) {
    path[depth] = responseKey
    const completed = complete(source[dataKey], run)
    if (completed === undefined) isNull = true
    else if (responseKey !== '__proto__') answer[responseKey] = completed
    else Object.defineProperty(answer, responseKey, { value: completed, enumerable: true })
  }
  path.pop()
  memo.objects += 1
  if (memo.met !== met) memo.addMixed(answer)
  return isNull ? null : answer
}

/** A list in an object's place is a wrong answer, not an object without fields. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function completeMissing(value: unknown, type: GraphQLCompositeType, run: CompletionRun): null {
  if (value !== null && value !== undefined) {
    run.failures.addViolation(`Expected an object of type ${type.name}.`, run.path.slice())
  }
  return null
}

function toUnknownTypename(type: GraphQLCompositeType): ValueCompleter {
  return (_value, run) => {
    if (!run.failures.explains(run.path)) {
      const message = `No subgraph says which type of ${type.name} this is.`
      run.failures.addViolation(message, run.path.slice())
    }
    return undefined
  }
}
