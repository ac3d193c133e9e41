import {
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'

/** How a member's schema stands to the contract. */
export interface ContractComparison {
  /**
   * What the member does not know and need not: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`.
   * It may lag one version behind; these are not asked of it.
   */
  readonly missing: ReadonlySet<string>
  /** Why the member cannot take part, one sentence each. Empty when it can. */
  readonly faults: readonly string[]
}

/**
 * Compares what a member publishes with what the contract promises clients. Everything the contract can ask must be
 * understood, and everything the member can answer must be expected; what it publishes besides is its own business.
 *
 * Not graphql-js' `findBreakingChanges`: that reports every missing field as breaking and every extra output enum
 * value as harmless, and both are the other way round here.
 */
export function compareContract(
  contract: GraphQLSchema,
  member: GraphQLSchema,
): ContractComparison {
  const missing = new Set<string>()
  const faults: string[] = []
  const visited = new Set<string>()

  function compareNamed(expected: GraphQLNamedType, isOutput: boolean): void {
    const mark = `${expected.name}:${isOutput}`
    if (visited.has(mark) || expected.name.startsWith('_')) return
    visited.add(mark)
    const actual = member.getType(expected.name)
    if (actual === undefined) {
      faults.push(`type ${expected.name} is missing`)
    } else if (actual.constructor !== expected.constructor) {
      faults.push(`type ${expected.name} is of another kind`)
    } else if (isObjectType(expected) && isObjectType(actual)) {
      compareObject(expected, actual)
    } else if (isInputObjectType(expected) && isInputObjectType(actual)) {
      compareInput(expected, actual)
    } else if (isEnumType(expected) && isEnumType(actual)) {
      compareEnum(expected, actual, isOutput)
    }
  }

  function compareObject(expected: GraphQLObjectType, actual: GraphQLObjectType): void {
    if (hasKey(expected) && !hasKey(actual)) faults.push(`type ${expected.name} has no @key`)
    const fields = actual.getFields()
    for (const field of Object.values(expected.getFields())) {
      if (field.name.startsWith('_')) continue
      const name = `${expected.name}.${field.name}`
      const found = fields[field.name]
      if (found !== undefined) {
        compareField(name, field, found)
      } else if (isNonNullType(field.type)) {
        faults.push(`field ${name} is missing and not nullable`)
      } else {
        missing.add(name)
      }
    }
  }

  function compareField(
    name: string,
    expected: GraphQLField<unknown, unknown>,
    actual: GraphQLField<unknown, unknown>,
  ): void {
    if (!isSafeAnswer(expected.type, actual.type)) {
      faults.push(`field ${name} is ${String(actual.type)} instead of ${String(expected.type)}`)
      return
    }
    compareNamed(getNamedType(expected.type), true)
    compareInputs(
      expected.args,
      new Map(actual.args.map((argument) => [argument.name, argument])),
      (argument) => `${name}(${argument}:)`,
    )
  }

  function compareInput(expected: GraphQLInputObjectType, actual: GraphQLInputObjectType): void {
    compareInputs(
      Object.values(expected.getFields()),
      new Map(Object.entries(actual.getFields())),
      (field) => `${expected.name}.${field}`,
    )
  }

  type InputValue = Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>
  function compareInputs(
    expected: readonly InputValue[],
    actual: ReadonlyMap<string, InputValue>,
    toName: (name: string) => string,
  ): void {
    for (const value of expected) {
      const found = actual.get(value.name)
      const name = toName(value.name)
      if (found === undefined) {
        if (isNonNullType(value.type)) faults.push(`${name} is missing and required`)
        else missing.add(name)
      } else if (isSafeAnswer(found.type, value.type)) {
        compareNamed(getNamedType(value.type), false)
      } else {
        faults.push(`${name} is ${String(found.type)} instead of ${String(value.type)}`)
      }
    }
    const known = new Set(expected.map(({ name }) => name))
    for (const value of actual.values()) {
      if (!known.has(value.name) && isRequired(value)) {
        faults.push(`${toName(value.name)} is required but not in the contract`)
      }
    }
  }

  function compareEnum(
    expected: GraphQLEnumType,
    actual: GraphQLEnumType,
    isOutput: boolean,
  ): void {
    const known = new Set(expected.getValues().map(({ name }) => name))
    const offered = new Set(actual.getValues().map(({ name }) => name))
    for (const name of known) if (!offered.has(name)) missing.add(`${expected.name}.${name}`)
    if (!isOutput) return
    for (const name of offered) {
      if (!known.has(name)) faults.push(`enum ${expected.name} has the unknown value ${name}`)
    }
  }

  for (const type of Object.values(contract.getTypeMap())) {
    const isEntity = isObjectType(type) && hasKey(type)
    // A new entity type can be lagged behind; where it is reached by a known field, that comparison objects.
    if (isEntity && member.getType(type.name) === undefined) missing.add(type.name)
    else if (isEntity || type === contract.getQueryType()) compareNamed(type, true)
  }
  return { missing, faults }
}

/** Whether an answer of type `actual` is always one of type `expected`: the same, with no more nulls. */
function isSafeAnswer(expected: GraphQLType, actual: GraphQLType): boolean {
  if (isNonNullType(expected)) {
    return isNonNullType(actual) && isSafeAnswer(expected.ofType, actual.ofType)
  }
  const present = isNonNullType(actual) ? actual.ofType : actual
  if (isListType(expected)) {
    return isListType(present) && isSafeAnswer(expected.ofType, present.ofType)
  }
  return !isListType(present) && getNamedType(expected).name === getNamedType(present).name
}

function isRequired(value: Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>): boolean {
  const asArgument = value as GraphQLArgument
  return isRequiredArgument(asArgument) || isRequiredInputField(asArgument)
}

function hasKey(type: GraphQLObjectType): boolean {
  return [type.astNode, ...type.extensionASTNodes].some((node) =>
    node?.directives?.some(({ name }) => name.value === 'key'),
  )
}
