import {
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import type { RandomSource } from './random-source.js'

/** A value that fits an input type, not yet written down. */
export type InputValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'leaf'; readonly isEnum: boolean; readonly json: unknown }
  | { readonly kind: 'list'; readonly items: readonly InputValue[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, InputValue])[] }
  | { readonly kind: 'variable'; readonly name: string }

/** Offers a variable for a place of this type, or declines; variables contain no variables. */
export type OfferVariable = (type: GraphQLInputType, hasDefault: boolean) => string | undefined

const texts = [
  'plain',
  'zwei Wörter',
  'quo"te',
  'back\\slash',
  'line\nbreak',
  '\u2028',
  '😀',
  '',
  '$v1',
]
const numbers = [0, 1, 2, 3, 7, -1, 2_147_483_647]

/** Makes a value of a type, with variables in it where offered. */
export function generateValue(
  type: GraphQLInputType,
  random: RandomSource,
  offer: OfferVariable,
  depth = 0,
): InputValue {
  if (isNonNullType(type)) return generatePresent(type.ofType, random, offer, depth)
  return random.chance(0.08) ? { kind: 'null' } : generatePresent(type, random, offer, depth)
}

function generatePresent(
  type: GraphQLInputType,
  random: RandomSource,
  offer: OfferVariable,
  depth: number,
): InputValue {
  if (isNonNullType(type)) return generatePresent(type.ofType, random, offer, depth)
  if (isListType(type)) {
    const item = () =>
      offered(type.ofType, false) ?? generateValue(type.ofType, random, offer, depth + 1)
    // One value in place of a list is that list's only item.
    if (!isListType(type.ofType) && random.chance(0.1))
      return generatePresent(type.ofType, random, () => undefined, depth + 1)
    return { kind: 'list', items: Array.from({ length: random.below(depth > 2 ? 2 : 4) }, item) }
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) => {
      const isNeeded = isNonNullType(field.type) && field.defaultValue === undefined
      if (!isNeeded && (depth > 2 || random.chance(0.6))) return []
      const value = offered(field.type, field.defaultValue !== undefined)
      return [[field.name, value ?? generateField(field)] as const]
    })
    return { kind: 'object', fields }
  }
  if (isEnumType(type)) {
    return { kind: 'leaf', isEnum: true, json: random.pick(type.getValues()).name }
  }
  return { kind: 'leaf', isEnum: false, json: generateScalar(type.name, random) }

  function offered(place: GraphQLInputType, hasDefault: boolean): InputValue | undefined {
    const name = random.chance(0.2) ? offer(place, hasDefault) : undefined
    return name === undefined ? undefined : { kind: 'variable', name }
  }
  function generateField(field: GraphQLInputField): InputValue {
    return generateValue(field.type, random, offer, depth + 1)
  }
}

function generateScalar(name: string, random: RandomSource): unknown {
  switch (name) {
    case 'Int':
      return random.pick(numbers)
    case 'Float':
      return random.pick([...numbers, 0.5, -2.25, 1e21])
    case 'Boolean':
      return random.chance(0.5)
    case 'ID':
      return random.chance(0.2) ? random.below(100) : `id-${random.below(20)}`
    case 'JSON':
      return random.pick([{ a: [1, null, { b: 'x' }] }, [true], 'text', 4.5])
    case 'Date':
    case 'DateTime':
      return '2026-11-23T00:00:00Z'
    default:
      return random.pick(texts)
  }
}

/** As GraphQL text. */
export function printValue(value: InputValue): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'variable':
      return `$${value.name}`
    case 'list':
      return `[${value.items.map(printValue).join(', ')}]`
    case 'object':
      return `{${value.fields.map(([name, field]) => `${name}: ${printValue(field)}`).join(', ')}}`
    case 'leaf':
      return value.isEnum ? String(value.json) : printJson(value.json)
  }
}

/** As a variable's value. @throws TypeError when it contains a variable. */
export function toJson(value: InputValue): unknown {
  switch (value.kind) {
    case 'null':
      return null
    case 'variable':
      throw new TypeError('a variable in a variable')
    case 'list':
      return value.items.map(toJson)
    case 'object':
      return Object.fromEntries(value.fields.map(([name, field]) => [name, toJson(field)]))
    case 'leaf':
      return value.json
  }
}

function printJson(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(printJson).join(', ')}]`
  if (json === null || typeof json !== 'object') return JSON.stringify(json)
  const fields = Object.entries(json).map(([name, value]) => `${name}: ${printJson(value)}`)
  return `{${fields.join(', ')}}`
}
