import { type DocumentNode, parse } from 'graphql'
import type { Principal } from '../../schema/index.js'
import { type AccessCondition, isImplied, isMet } from './access-conditions.js'
import { createConditionReader } from './access-directives.js'
import { type GraphType, readGraphTypes } from './graph-types.js'

/** Who may read what of a supergraph, compiled once. Conditions are numbers: the same condition is the same number. */
export interface AccessRules {
  /** What must hold to read this field of this object type: all of them. */
  conditionsOfField(type: string, field: string): readonly number[]
  /** What must hold to see an object of this type at all. */
  conditionsOfType(type: string): readonly number[]
  /** Conditions that can matter to an operation which names these fields. In ascending order. */
  conditionsTouched(fieldNames: Iterable<string>): readonly number[]
  isMet(condition: number, principal: Principal): boolean
}

const none: readonly number[] = []

/**
 * Compiles the access directives of a supergraph. A field needs what stands at it, at its type, at the type it gives, and
 * all that the fields need which it is made of (`@requires`, contexts): who may not read an input may not read its product.
 *
 * A rule at an interface is a composer's summary of the rules of its implementations, or an author's own. A summary adds
 * nothing here, where the concrete type decides; one that says more than the implementations holds for each of them.
 *
 * @throws HubError `SUPERGRAPH_INVALID` for security features that are not known here.
 */
export function compileAccessRules(supergraphSdl: string): AccessRules {
  const document: DocumentNode = parse(supergraphSdl, { noLocation: true })
  const types = readGraphTypes(document, createConditionReader(document))
  const conditions: AccessCondition[] = []
  const numbers = new Map<string, number>()
  const ofType = new Map<string, readonly number[]>()
  const ofField = new Map<string, readonly number[]>()

  function toNumbers(list: readonly AccessCondition[]): readonly number[] {
    return list.map((condition) => {
      const key = JSON.stringify(condition)
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, conditions.length)
      return conditions.push(condition) - 1
    })
  }

  function conditionsOfType(name: string): readonly number[] {
    const known = ofType.get(name)
    if (known !== undefined) return known
    const type = types.get(name)
    const ofInterface = (parent: string) =>
      withoutSummary(types.get(parent)?.own ?? [], ({ own }) => own, parent)
    const own = type?.kind === 'interface' ? ofInterface(name) : (type?.own ?? [])
    const all = unite(toNumbers([...own, ...(type?.interfaces ?? []).flatMap(ofInterface)]))
    ofType.set(name, all)
    return all
  }

  function conditionsOfField(typeName: string, fieldName: string): readonly number[] {
    const key = `${typeName}.${fieldName}`
    const known = ofField.get(key)
    if (known !== undefined) return known
    // For fields that require each other: what stands at them is collected on the way.
    ofField.set(key, none)
    const all = unite(collect(typeName, fieldName, new Set()))
    ofField.set(key, all)
    return all
  }

  function collect(typeName: string, fieldName: string, visited: Set<string>): number[] {
    const key = `${typeName}.${fieldName}`
    const type = types.get(typeName)
    const field = type?.fields.get(fieldName)
    if (visited.has(key) || type === undefined || field === undefined) return []
    visited.add(key)
    const inherited = type.interfaces.flatMap((parent) =>
      withoutSummary(
        types.get(parent)?.fields.get(fieldName)?.own ?? [],
        (implementation) => implementation.fields.get(fieldName)?.own ?? [],
        parent,
      ),
    )
    return [
      ...toNumbers([...field.own, ...inherited]),
      ...conditionsOfType(typeName),
      ...conditionsOfType(field.type),
      ...field.requires.flatMap((required) => collect(required.type, required.field, visited)),
    ]
  }

  /** Of an interface's own conditions, those that its implementations together do not already ask for. */
  function withoutSummary(
    own: readonly AccessCondition[],
    read: (implementation: GraphType) => readonly AccessCondition[],
    parent: string,
  ): readonly AccessCondition[] {
    if (own.length === 0) return own
    const others: AccessCondition[] = []
    for (const type of types.values()) {
      if (type.kind === 'object' && type.interfaces.includes(parent)) others.push(...read(type))
    }
    return own.filter((condition) => !isImplied(condition, others))
  }

  const byFieldName = new Map<string, readonly number[]>()
  for (const [typeName, type] of types) {
    for (const [fieldName, field] of type.fields) {
      const possible = types.get(field.type)?.possible ?? []
      const touched = [
        ...(byFieldName.get(fieldName) ?? none),
        ...conditionsOfField(typeName, fieldName),
        ...possible.flatMap(conditionsOfType),
      ]
      if (touched.length > 0) byFieldName.set(fieldName, unite(touched))
    }
  }

  return {
    conditionsOfField,
    conditionsOfType,
    conditionsTouched(fieldNames) {
      if (byFieldName.size === 0) return none
      const touched: number[] = []
      for (const name of fieldNames) touched.push(...(byFieldName.get(name) ?? none))
      return touched.length === 0 ? none : unite(touched)
    },
    isMet(number, principal) {
      const condition = conditions[number]
      return condition !== undefined && isMet(condition, principal)
    },
  }
}

function unite(numbers: readonly number[]): readonly number[] {
  return numbers.length === 0 ? none : [...new Set(numbers)].sort((a, b) => a - b)
}
