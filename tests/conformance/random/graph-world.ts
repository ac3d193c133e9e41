import {
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'
import { fieldsIn, type GraphFacts } from './graph-facts.js'
import { inventLeaf } from './invent-leaf.js'
import type { MergedGraph } from './random-graph.js'
import { hashText } from './random-source.js'

/** An object of the world. Subgraphs and local execution see the same one. */
export interface WorldObject {
  readonly __typename: string
  /** Its concrete type, which an interface object's subgraph does not know. */
  readonly type: string
  /** What its fields' values follow from. */
  readonly identity: string
  /** Number of the entity whose key it is or is part of. */
  readonly number?: number
  /** The representation it was looked up by. */
  readonly representation?: Readonly<Record<string, unknown>>
}

/** What happens instead of a field's value; undefined for nearly all. */
export type Failure = 'error' | 'null' | 'item error' | 'item null'

/** The data of a graph: each value a pure function of object, field and arguments. */
export interface GraphWorld {
  resolve(source: WorldObject | undefined, type: string, field: string, args: Args): unknown
  /** @throws Error for representations without a complete key, with contradictory keys or of another entity's type. */
  lookUp(subgraph: string, type: string, representation: Record<string, unknown>): WorldObject
}

type Args = Readonly<Record<string, unknown>>

/** Entities of each family; a multiple of every number of members. */
const entityCount = 12

/** @param failureAt - Called with the place and whether other fields depend on it. */
export function createGraphWorld(
  { fullSchema }: MergedGraph,
  facts: GraphFacts,
  failureAt: (place: string, isDependedOn: boolean) => Failure | undefined = () => undefined,
): GraphWorld {
  function fieldOf(type: string, field: string): GraphQLField<unknown, unknown> {
    const parent = fullSchema.getType(type)
    const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {}
    const definition = fields[field]
    if (definition === undefined) throw new Error(`the world has no ${type}.${field}`)
    return definition
  }

  function createEntity(family: string, number: number): WorldObject {
    const members = facts.membersOf(family)
    const type = members[number % members.length] ?? family
    return { __typename: type, type, identity: `${family}#${number}`, number }
  }

  function invent(type: GraphQLOutputType, place: Place, seed: string): unknown {
    if (isNonNullType(type)) return inventPresent(type.ofType, place, seed)
    if (hashText(`null? ${seed}`) % 9 === 0) return null
    return inventPresent(type, place, seed)
  }

  function inventPresent(type: GraphQLOutputType, place: Place, seed: string): unknown {
    if (isNonNullType(type)) return inventPresent(type.ofType, place, seed)
    if (isListType(type)) {
      const length = [0, 1, 2, 2, 3][hashText(`length ${seed}`) % 5] ?? 0
      const indexes = Array.from({ length }, (_, index) => index)
      return indexes.map((index) => invent(type.ofType, place, `${seed}[${index}]`))
    }
    if (isEnumType(type)) return type.getValues()[hashText(seed) % type.getValues().length]?.name
    if (isLeafType(type)) return inventLeaf(type.name, place.field, seed)
    return inventObject(type, place, seed)
  }

  function inventObject(named: GraphQLNamedOutputType, place: Place, seed: string): WorldObject {
    const types = isAbstractType(named)
      ? facts.answerableTypes(place.type, place.field, named.name)
      : [named.name]
    const type = types[hashText(`type ${seed}`) % types.length]
    if (type === undefined) throw new Error(`no subgraph can answer ${place.type}.${place.field}`)
    const family = facts.familyOf(type)
    if (!facts.isEntity(type)) {
      return { __typename: type, type, identity: `${type}~${hashText(seed).toString(36)}` }
    }
    const members = facts.membersOf(family)
    const round = hashText(`number ${seed}`) % (entityCount / members.length)
    return createEntity(family, round * members.length + Math.max(members.indexOf(type), 0))
  }

  /** Part of a key: made so that the entity's number can be read from it again. */
  function keyPart(
    object: WorldObject,
    number: number,
    definition: GraphQLField<unknown, unknown>,
  ) {
    const named = getNamedType(definition.type)
    if (named.name === 'Int') return number
    if (isLeafType(named)) return `${facts.familyOf(object.type)}-${definition.name}-${number}`
    if (facts.isEntity(named.name)) return createEntity(facts.familyOf(named.name), number)
    const { name } = named
    return { __typename: name, type: name, identity: `${name} of ${object.identity}`, number }
  }

  /** What a field requires, as text: from the representation in a subgraph, from the world itself otherwise. */
  function requirements(object: WorldObject, set: SelectionSetNode): string {
    const { representation } = object
    return JSON.stringify(
      representation === undefined ? select(object, set) : pick(representation, set),
    )
  }

  function select(value: unknown, set: SelectionSetNode): unknown {
    if (value === null || value === undefined) return null
    if (Array.isArray(value)) return value.map((item) => select(item, set))
    const object = value as WorldObject
    return fieldsIn(set).map((node) => {
      const definition = fieldOf(object.type, node.name.value)
      const args = getArgumentValues(definition, node)
      const found = resolve(object, object.type, node.name.value, args)
      return node.selectionSet === undefined ? found : select(found, node.selectionSet)
    })
  }

  function resolve(source: WorldObject | undefined, parent: string, field: string, args: Args) {
    const object = source ?? { __typename: parent, type: parent, identity: parent }
    const definition = fieldOf(object.type, field)
    if (object.number !== undefined && facts.isKeyPart(object.type, field)) {
      return keyPart(object, object.number, definition)
    }
    const set = facts.requiredFor(object.type, field)
    const place = `${object.identity}.${field}(${printSorted(args)})`
    const seed = set === undefined ? place : `${place} with ${requirements(object, set)}`
    const failure = failureAt(place, facts.isDependedOn(object.type, field))
    if (failure === 'error') throw new Error(`failed on purpose: ${place}`)
    if (failure === 'null') return null
    const value = invent(definition.type, { type: object.type, field }, seed)
    return failure === undefined ? value : spoilItem(value, failure, place)
  }

  return {
    resolve,
    lookUp(subgraph, type, representation) {
      const numbers = facts
        .keysOf(subgraph, type)
        .flatMap((key) => readNumbers(representation, key) ?? [])
      const [number] = numbers
      if (number === undefined || numbers.some((other) => other !== number)) {
        throw new Error(
          `${subgraph} cannot tell which ${type} ${JSON.stringify(representation)} is`,
        )
      }
      const entity = createEntity(facts.familyOf(type), number)
      if (!facts.membersOf(type).includes(entity.type)) {
        throw new Error(`${subgraph} was asked for ${type} ${entity.identity}`)
      }
      return { ...entity, representation }
    },
  }
}

interface Place {
  readonly type: string
  readonly field: string
}

/** The same selection from a representation; a required field may be null but not missing. */
function pick(value: unknown, set: SelectionSetNode): unknown {
  if (value === null) return null
  if (Array.isArray(value)) return value.map((item) => pick(item, set))
  return fieldsIn(set).map(({ name, selectionSet }) => {
    const found = (value as Record<string, unknown>)[name.value]
    if (found === undefined) throw new Error(`the representation lacks ${name.value}`)
    return selectionSet === undefined ? found : pick(found, selectionSet)
  })
}

/** The entity's number as each leaf of a key tells it; undefined when the representation does not have this key. */
function readNumbers(value: unknown, key: SelectionSetNode): number[] | undefined {
  const numbers: number[] = []
  for (const { name, selectionSet } of fieldsIn(key)) {
    const found = isRecord(value) ? value[name.value] : undefined
    if (found === undefined || found === null) return undefined
    const inner =
      selectionSet === undefined ? [readNumber(found)] : readNumbers(found, selectionSet)
    if (inner === undefined) return undefined
    numbers.push(...inner)
  }
  return numbers
}

function readNumber(leaf: unknown): number {
  return Number(/[0-9]+$/.exec(String(leaf))?.[0] ?? Number.NaN)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function spoilItem(value: unknown, failure: Failure, place: string): unknown {
  if (!Array.isArray(value) || value.length === 0) return value
  const items = [...value]
  const error = failure === 'item error' ? new Error(`failed on purpose in ${place}`) : null
  items[hashText(`item ${place}`) % items.length] = error
  return items
}

/** JSON with its keys in order; absent is not null. */
function printSorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printSorted).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value) ?? ''
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  return `{${keys
    .sort()
    .map((key) => `${key}:${printSorted(value[key])}`)
    .join(',')}}`
}
