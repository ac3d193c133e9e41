import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { type ArgumentValues, compileArguments } from './argument-values.js'
import { compileCondition } from './cost-condition.js'
import type { CostModel } from './cost-model.js'
import { compileListSize, type SizeReader } from './list-size.js'

/** How many members a fanned-out root field asks; undefined for a field that is not fanned out. */
export type WidthFinder = (fieldName: string) => ((values: ArgumentValues) => number) | undefined

export interface CostTools {
  readonly schema: GraphQLSchema
  readonly model: CostModel
  /** Rows of a list whose size nothing says. */
  readonly defaultListSize: number
  readonly findWidth: WidthFinder
  /** Value of the enum `join__Graph` that the fan-out answers: its fields cost once for each member asked. */
  readonly fanOutGraph: string | undefined
}

/** The cost of an operation for the variables of one request. */
export type OperationCost = (variables: ArgumentValues) => number

/** What reading the schema costs, for each such root field; it is work of the gateway alone. */
const introspectionWeight = 50
/** What a root field of a mutation costs besides its answer. */
const mutationWeight = 10

/** @param width - How many members do this work. */
type CostReader = (variables: ArgumentValues, width: number) => number

/** The lists of a connection, and how many rows the field around them asked for. */
interface SizedLists {
  readonly names: readonly string[]
  readonly readSize: SizeReader
}

/**
 * Turns an operation into a function from variables to cost: the sum over its fields of the weight of each, times the rows of
 * the lists it stands in, times the members asked for it. Objects weigh 1, leaves nothing, unless `@cost` says otherwise.
 * What another subgraph adds to the merged page is charged once, not once per member. An operation's size must have been
 * checked before: its fragments are written out here.
 */
export function compileCost(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  tools: CostTools,
): OperationCost {
  const { schema, model, defaultListSize, fanOutGraph } = tools
  const rootType = schema.getRootType(operation.operation)
  if (!rootType) return () => 0
  const fieldSurcharge = operation.operation === 'mutation' ? mutationWeight : 0

  function compileSet(
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
    sized: SizedLists | undefined,
  ): CostReader {
    const readers = set.selections.flatMap((selection) => {
      const reader = compileSelection(selection, parent, sized)
      if (reader === undefined) return []
      const condition = compileCondition(selection.directives)
      if (condition === undefined) return [reader]
      const conditioned: CostReader = (variables, width) =>
        condition(variables) ? reader(variables, width) : 0
      return [conditioned]
    })
    return (variables, width) => {
      let total = 0
      for (const read of readers) total += read(variables, width)
      return total
    }
  }

  function compileSelection(
    selection: SelectionNode,
    parent: GraphQLCompositeType,
    sized: SizedLists | undefined,
  ): CostReader | undefined {
    if (selection.kind === Kind.FIELD) return compileField(selection, parent, sized)
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    const name = inner?.typeCondition?.name.value
    const type = name === undefined ? parent : schema.getType(name)
    if (inner === undefined || !isCompositeType(type)) return undefined
    return compileSet(inner.selectionSet, type, sized)
  }

  function compileField(
    node: FieldNode,
    parent: GraphQLCompositeType,
    sized: SizedLists | undefined,
  ): CostReader | undefined {
    const name = node.name.value
    if (name === '__schema' || name === '__type') return () => introspectionWeight
    const field = 'getFields' in parent ? parent.getFields()[name] : undefined
    // `__typename`, and what validation has refused.
    if (field === undefined) return undefined
    const cost = model.fieldCost(parent.name, name)
    const type = getNamedType(field.type)
    const isRoot = parent === rootType
    const weight =
      (cost.weight ?? model.typeWeight(type.name) ?? (isCompositeType(type) ? 1 : 0)) +
      (isRoot ? fieldSurcharge : 0)
    const givenArguments = compileArguments(node, field, model, cost.argumentWeights)
    const readSize = compileListSize(cost.listSize, givenArguments, defaultListSize)
    const sizedFields = cost.listSize?.sizedFields ?? null
    const readRows = findRows(
      field.type,
      sizedFields,
      readSize,
      sized?.names.includes(name) ? sized.readSize : undefined,
      defaultListSize,
    )
    const inner =
      isCompositeType(type) && node.selectionSet !== undefined
        ? compileSet(
            node.selectionSet,
            type,
            sizedFields === null ? undefined : { names: sizedFields, readSize },
          )
        : undefined
    const findMembers = isRoot ? tools.findWidth(name) : undefined
    const isOfFanOut =
      fanOutGraph !== undefined && (cost.graphs.length === 0 || cost.graphs.includes(fanOutGraph))
    return (variables, width) => {
      const members =
        findMembers === undefined
          ? isOfFanOut
            ? width
            : 1
          : findMembers(givenArguments.read(variables))
      const eachRow = weight * members + (inner === undefined ? 0 : inner(variables, members))
      const rows = readRows === undefined ? 1 : readRows(variables)
      return rows * eachRow + members * givenArguments.weigh(variables)
    }
  }

  const read = compileSet(operation.selectionSet, rootType, undefined)
  return (variables) => read(variables, 1)
}

/** Rows of this field itself; undefined for one that is no list. */
function findRows(
  type: GraphQLOutputType,
  sizedFields: readonly string[] | null,
  own: SizeReader,
  ofParent: SizeReader | undefined,
  defaultListSize: number,
): SizeReader | undefined {
  const nullable = isNonNullType(type) ? type.ofType : type
  if (!isListType(nullable)) return undefined
  if (ofParent !== undefined) return ofParent
  // Lists in lists multiply.
  const outer = sizedFields === null ? own : () => defaultListSize
  const inner = findRows(nullable.ofType, null, () => defaultListSize, undefined, defaultListSize)
  return inner === undefined ? outer : (variables) => outer(variables) * inner(variables)
}
