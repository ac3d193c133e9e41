import {
  type FieldNode,
  type GraphQLField,
  getNamedType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'
import type { CostModel } from './cost-model.js'

/** Values by name: variables of a request, or arguments of a field. */
export type ArgumentValues = Readonly<Record<string, unknown>>

/** A field's arguments as its operation gives them. */
export interface GivenArguments {
  /** Their values for the variables of one request, defaults included. */
  read(variables: ArgumentValues): ArgumentValues
  /** What giving them costs, by `@cost` on arguments and fields of input objects. */
  weigh(variables: ArgumentValues): number
}

const nothing: ArgumentValues = Object.freeze({})
const free = (): number => 0

/** Prepares the reading of a field's arguments; those without a variable are read once. */
export function compileArguments(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  model: CostModel,
  weights: ReadonlyMap<string, number>,
): GivenArguments {
  const defaults = field.args.filter(({ defaultValue }) => defaultValue !== undefined)
  if ((node.arguments ?? []).length === 0 && defaults.length === 0) {
    return { read: () => nothing, weigh: free }
  }
  const readers = (node.arguments ?? []).map(({ name, value }) => ({
    name: name.value,
    read: compileValue(value),
  }))
  const read = (variables: ArgumentValues): ArgumentValues => {
    const values: Record<string, unknown> = Object.create(null)
    for (const { name, defaultValue } of defaults) values[name] = defaultValue
    for (const one of readers) {
      const value = one.read(variables)
      if (value !== undefined) values[one.name] = value
    }
    return values
  }
  const types = new Map(field.args.map(({ name, type }) => [name, getNamedType(type).name]))
  const isFree = readers.every(
    ({ name }) => !weights.has(name) && !hasWeights(types.get(name), model, new Set()),
  )
  if (isFree) return { read, weigh: free }
  return {
    read,
    weigh: (variables) => {
      let total = 0
      for (const [name, value] of Object.entries(read(variables))) {
        if (value === null || value === undefined) continue
        total += (weights.get(name) ?? 0) + weighInput(value, types.get(name), model)
      }
      return total
    },
  }
}

function compileValue(node: ValueNode): (variables: ArgumentValues) => unknown {
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value
    return (variables) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
  }
  if (!hasVariable(node)) {
    const value: unknown = valueFromASTUntyped(node)
    return () => value
  }
  return (variables) => valueFromASTUntyped(node, { ...variables })
}

function hasVariable(node: ValueNode): boolean {
  if (node.kind === Kind.VARIABLE) return true
  if (node.kind === Kind.LIST) return node.values.some(hasVariable)
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => hasVariable(value))
}

/** Whether the input type, or one inside it, has a weighted field. */
function hasWeights(name: string | undefined, model: CostModel, seen: Set<string>): boolean {
  if (name === undefined || seen.has(name)) return false
  seen.add(name)
  if (model.inputWeights(name).size > 0) return true
  return model.inputFieldTypes(name).some((inner) => hasWeights(inner, model, seen))
}

function weighInput(value: unknown, typeName: string | undefined, model: CostModel): number {
  if (typeName === undefined || typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) {
    return value.reduce<number>((total, one) => total + weighInput(one, typeName, model), 0)
  }
  let total = 0
  const weights = model.inputWeights(typeName)
  for (const [name, inner] of Object.entries(value)) {
    if (inner === null || inner === undefined) continue
    total += weights.get(name) ?? 0
    total += weighInput(inner, model.inputFieldType(typeName, name), model)
  }
  return total
}
