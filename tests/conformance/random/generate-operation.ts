import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { generateValue, printValue } from './generate-value.js'
import { createOperationVariables } from './operation-variables.js'
import type { RandomSource } from './random-source.js'

/** One operation with its variables. */
export interface RandomOperation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Most selections as written; depth is that of fields, fragments in between not counted. */
const maximumSelections = 40
const maximumDepth = 6

/**
 * Makes an operation, nearly always a valid one: a response key means one field with one set of arguments, but for the
 * few that are chosen against that rule, because types that exclude each other may break it.
 */
export function generateOperation(schema: GraphQLSchema, random: RandomSource): RandomOperation {
  const variables = createOperationVariables(random)
  const composites = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLCompositeType => isCompositeType(type) && !type.name.startsWith('__'),
  )
  const roots: readonly unknown[] = [schema.getQueryType(), schema.getMutationType()]
  const fieldNames = [
    ...new Set(composites.flatMap((type) => Object.keys(fieldMapOf(type)))),
  ].sort()
  const fragments: { readonly type: GraphQLCompositeType; readonly text: string }[] = []
  /** What each response key means. */
  const meanings = new Map<string, string>()
  let budget = maximumSelections

  function printSet(type: GraphQLCompositeType, depth: number): string {
    const written: string[] = []
    const wanted = 1 + random.below(depth === 0 ? 4 : 5)
    for (let count = 0; count < wanted && budget > 0; count += 1) {
      budget -= 1
      written.push(printSelection(type, depth))
    }
    // The same again: answers merge, and directives differ.
    const [first] = written
    if (first !== undefined && random.chance(0.03)) written.push(first)
    return `{ ${written.length === 0 ? '__typename' : written.join(' ')} }`
  }

  function printSelection(type: GraphQLCompositeType, depth: number): string {
    const roll = random.next()
    if (roll < 0.08) return printTypename()
    const isFork = isAbstractType(type)
    if (roll < (isUnionType(type) ? 0.8 : isFork ? 0.4 : 0.18) && depth < maximumDepth) {
      return printInlineFragment(type, depth)
    }
    if (random.chance(0.08) && depth < maximumDepth - 1) return printSpread(type, depth)
    if (type === schema.getQueryType() && random.chance(0.02)) {
      return `__type(name: "${random.pick(composites).name}") { name kind fields { name } }`
    }
    return printField(type, depth)
  }

  function printTypename(): string {
    const alias = random.pick(['', '', 'tn: ', '_t: ', '__kind: '])
    return `${alias}__typename${printDirectives(0.1)}`
  }

  function printInlineFragment(type: GraphQLCompositeType, depth: number): string {
    const condition = random.chance(0.1) ? undefined : chooseCondition(type)
    const on = condition === undefined ? '' : ` on ${condition.name}`
    return `...${on}${printDirectives(0.15)} ${printSet(condition ?? type, depth)}`
  }

  function printSpread(type: GraphQLCompositeType, depth: number): string {
    const fitting = fragments.flatMap((fragment, index) =>
      doTypesOverlap(schema, fragment.type, type) ? [index] : [],
    )
    let index = fitting.length > 0 && random.chance(0.6) ? random.pick(fitting) : undefined
    if (index === undefined) {
      const condition = chooseCondition(type)
      // Shallow, for it may come again anywhere.
      const text = printSet(condition, Math.max(depth, maximumDepth - 2))
      index = fragments.push({ type: condition, text }) - 1
    }
    return `...F${index}${printDirectives(0.15)}`
  }

  function printField(type: GraphQLCompositeType, depth: number): string {
    const fields = Object.values(fieldMapOf(type))
    const isDeep = depth < maximumDepth && budget > 3
    const fitting = fields.filter((field) => isDeep || !isCompositeType(getNamedType(field.type)))
    if (fitting.length === 0) return printTypename()
    const nested = fitting.filter((field) => isCompositeType(getNamedType(field.type)))
    const field =
      nested.length > 0 && random.chance(0.45) ? random.pick(nested) : random.pick(fitting)
    const args = printArguments(field)
    const meaning = `${field.name}${args}`
    const key = chooseKey(field, type, meaning)
    const alias = key === field.name ? '' : `${key}: `
    const named = getNamedType(field.type)
    const set = isCompositeType(named) ? ` ${printSet(named, depth + 1)}` : ''
    return `${alias}${meaning}${printDirectives(0.1)}${set}`
  }

  function chooseKey(
    field: GraphQLField<unknown, unknown>,
    type: GraphQLCompositeType,
    meaning: string,
  ) {
    if (random.chance(0.015)) return random.pick([field.name, ...meanings.keys()])
    // Names of other fields are what planners trip over; `_` begins their own aliases.
    const wild = random.chance(0.04)
      ? random.pick([...fieldNames, '_entities', '_e0', 'constructor'])
      : undefined
    const plain = random.chance(0.75) ? field.name : `${field.name}_${random.below(2)}`
    for (const key of [wild, plain, `${field.name}_${type.name}`]) {
      if (key === undefined) continue
      const known = meanings.get(key)
      if (
        known === undefined &&
        key !== field.name &&
        fieldNames.includes(key) &&
        random.chance(0.5)
      )
        continue
      if (known !== undefined && known !== meaning) continue
      meanings.set(key, meaning)
      return key
    }
    const unique = `a${meanings.size}`
    meanings.set(unique, meaning)
    return unique
  }

  function printArguments(field: GraphQLField<unknown, unknown>): string {
    const written = field.args.flatMap((argument) => {
      const hasDefault = argument.defaultValue !== undefined
      const isNeeded = isNonNullType(argument.type) && !hasDefault
      if (!isNeeded && random.chance(0.5)) return []
      const variable = random.chance(0.4) ? variables.offer(argument.type, hasDefault) : undefined
      if (variable !== undefined) return [`${argument.name}: $${variable}`]
      return [
        `${argument.name}: ${printValue(generateValue(argument.type, random, variables.offer))}`,
      ]
    })
    return written.length === 0 ? '' : `(${written.join(', ')})`
  }

  function printDirectives(probability: number): string {
    if (!random.chance(probability)) return ''
    const condition = random.chance(0.7) ? `$${variables.condition()}` : String(random.chance(0.5))
    const first = ` @${random.pick(['skip', 'include'])}(if: ${condition})`
    return random.chance(0.1)
      ? `${first} @${first.includes('skip') ? 'include' : 'skip'}(if: $${variables.condition()})`
      : first
  }

  function chooseCondition(type: GraphQLCompositeType): GraphQLCompositeType {
    const candidates = overlapping(type)
    const concrete = candidates.filter((candidate) => isObjectType(candidate))
    return random.pick(random.chance(0.7) ? concrete : candidates)
  }

  function overlapping(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    if (roots.includes(type)) return [type]
    return composites.filter((other) => doTypesOverlap(schema, type, other))
  }

  const mutation = schema.getMutationType()
  const isMutation = mutation != null && random.chance(0.1)
  const root = isMutation ? mutation : schema.getQueryType()
  if (!root) throw new Error('the schema has no query type')
  const set = printSet(root, 0)
  const definitions = fragments.map(
    ({ type, text }, index) => `fragment F${index} on ${type.name} ${text}`,
  )
  const head = `${isMutation ? 'mutation' : 'query'} Random${variables.printDefinitions()}`
  return { query: [`${head} ${set}`, ...definitions].join('\n'), variables: variables.values }
}

function fieldMapOf(
  type: GraphQLCompositeType,
): Readonly<Record<string, GraphQLField<unknown, unknown>>> {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
}
