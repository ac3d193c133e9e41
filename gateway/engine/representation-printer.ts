import type { FetchRewrite, RequiresSelection } from '@graphql-hive/router-query-planner'
import type { JsonObject } from './merge-data.js'
import { compileRewrites, toValueSetter } from './rewrites.js'
import type { SupergraphModel } from './supergraph-model.js'

/** Prints entities' representations. */
export interface RepresentationPrinter {
  /**
   * The representation as JSON, or undefined when the entity cannot be asked for: a required field is missing because its
   * own fetch failed, all keys are null, or its type is none of those required.
   * The text serves as the key to find equal representations and as the request's body.
   */
  print(entity: Readonly<JsonObject>): string | undefined
  /** What the representation of an entity of this type is made of, if that is plain fields only. */
  plainFieldsOf(typename: string): PlainFields | undefined
}

/** Two entities have the same representation if they have the same group, and these fields have the same scalars. */
export interface PlainFields {
  readonly group: string
  readonly sources: readonly string[]
}

/** Prints the fields of one object; undefined when one is missing. `found` is told of values that are not null. */
type ObjectPrinter = (
  source: Readonly<JsonObject>,
  found: { isValue: boolean },
) => string | undefined

interface FieldPrinter {
  readonly prefix: string
  readonly source: string
  readonly nested: ObjectPrinter | undefined
}

/** Compiles what a fetch requires of an entity, per concrete type on first sight. */
export function compileRepresentationPrinter(
  requires: readonly RequiresSelection[],
  inputRewrites: readonly FetchRewrite[] | undefined,
  model: SupergraphModel,
): RepresentationPrinter {
  const typenames = readTypenameSetters(inputRewrites)
  // Every plan seen so far only rewrites the representation's own type name; anything else goes the slow way.
  const rewrite = typenames === undefined ? compileRewrites(inputRewrites, model) : undefined
  const printers = new Map<string, EntityPrinter | undefined>()

  function compile(typename: string): EntityPrinter | undefined {
    const setter = typenames?.find(({ conditions }) =>
      conditions.some((condition) => model.satisfies(typename, condition)),
    )
    let fields = collectFields(requires, typename, model)
    if (fields.size === 0 && setter !== undefined) fields = collectSibling(requires, setter, model)
    if (fields.size === 0) return undefined
    const sentTypename = setter?.setValueTo ?? typename
    return {
      print: compileObject(fields, model, sentTypename),
      plainFields: rewrite === undefined ? toPlainFields(fields, sentTypename) : undefined,
    }
  }

  function printerOf(typename: unknown): EntityPrinter | undefined {
    if (typeof typename !== 'string') return undefined
    const known = printers.get(typename)
    if (known !== undefined || printers.has(typename)) return known
    const compiled = compile(typename)
    printers.set(typename, compiled)
    return compiled
  }

  return {
    print(entity) {
      const printer = printerOf(entity.__typename)
      if (printer === undefined) return undefined
      const found = { isValue: false }
      const printed = printer.print(entity, found)
      if (printed === undefined || !found.isValue) return undefined
      if (rewrite === undefined) return printed
      const representation: unknown = JSON.parse(printed)
      rewrite(representation)
      return JSON.stringify(representation)
    },
    plainFieldsOf: (typename) => printerOf(typename)?.plainFields,
  }
}

interface EntityPrinter {
  readonly print: ObjectPrinter
  readonly plainFields: PlainFields | undefined
}

function toPlainFields(
  fields: ReadonlyMap<string, RequiredField>,
  sentTypename: string,
): PlainFields | undefined {
  const sources: string[] = []
  const group = [sentTypename]
  for (const [key, { source, selections }] of fields) {
    if (selections.length > 0) return undefined
    if (key === '__typename') continue
    sources.push(source)
    group.push(key, source)
  }
  return sources.length === 0 ? undefined : { group: group.join(' '), sources }
}

interface RequiredField {
  readonly source: string
  readonly selections: RequiresSelection[]
}

/** Fields required of one type by the key they are sent under; the planner may have fetched them under another. */
function collectFields(
  requires: readonly RequiresSelection[],
  typename: string | undefined,
  model: SupergraphModel,
  into = new Map<string, RequiredField>(),
): Map<string, RequiredField> {
  for (const selection of requires) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name
      const known = into.get(key)
      if (known !== undefined) known.selections.push(...(selection.selections ?? []))
      else into.set(key, { source: selection.name, selections: [...(selection.selections ?? [])] })
    } else if (
      selection.kind === 'InlineFragment' &&
      (typename === undefined || model.satisfies(typename, selection.typeCondition))
    ) {
      collectFields(selection.selections, typename, model, into)
    }
  }
  return into
}

/**
 * Fields required of an implementation the plan does not name. What several implementations need of an interface object the
 * planner (0.0.38) merges into one fetch, and may keep the requirement of one of them only; where a type is not
 * meant, the path leads past it or its key was not fetched.
 */
function collectSibling(
  requires: readonly RequiresSelection[],
  setter: TypenameSetter,
  model: SupergraphModel,
): Map<string, RequiredField> {
  for (const selection of requires) {
    if (selection.kind !== 'InlineFragment') continue
    const { typeCondition, selections } = selection
    const isSibling = setter.conditions.some((one) => model.satisfies(typeCondition, one))
    if (isSibling) return collectFields(selections, typeCondition, model)
  }
  return new Map()
}

function compileObject(
  fields: ReadonlyMap<string, RequiredField>,
  model: SupergraphModel,
  typename: string | undefined,
): ObjectPrinter {
  const head = typename === undefined ? '' : `"__typename":${JSON.stringify(typename)}`
  const printers: FieldPrinter[] = []
  for (const [key, { source, selections }] of fields) {
    if (key === '__typename' && typename !== undefined) continue
    const separator = printers.length === 0 && head === '' ? '' : ','
    printers.push({
      prefix: `${separator}${JSON.stringify(key)}:`,
      source,
      nested: selections.length === 0 ? undefined : compileNested(selections, model),
    })
  }
  return (source, found) => {
    let printed = `{${head}`
    for (const printer of printers) {
      const watch = printer.source === '__typename' ? { isValue: false } : found
      const value = printValue(source[printer.source], printer.nested, watch)
      if (value === undefined) return undefined
      printed += printer.prefix + value
    }
    return `${printed}}`
  }
}

/** A nested object has its own type; without a type name it is of the one type its field has. */
function compileNested(
  selections: readonly RequiresSelection[],
  model: SupergraphModel,
): ObjectPrinter {
  const printers = new Map<string | undefined, ObjectPrinter>()
  return (source, found) => {
    const given = source.__typename
    const typename = typeof given === 'string' ? given : undefined
    let print = printers.get(typename)
    if (print === undefined) {
      print = compileObject(collectFields(selections, typename, model), model, undefined)
      printers.set(typename, print)
    }
    return print(source, found)
  }
}

function printValue(
  value: unknown,
  nested: ObjectPrinter | undefined,
  found: { isValue: boolean },
): string | undefined {
  if (value === undefined) return undefined
  if (value === null) return 'null'
  if (Array.isArray(value)) {
    found.isValue = true
    const items: string[] = []
    for (const item of value) {
      const printed = printValue(item, nested, found)
      if (printed === undefined) return undefined
      items.push(printed)
    }
    return `[${items.join(',')}]`
  }
  if (nested !== undefined && typeof value === 'object') return nested(value as JsonObject, found)
  found.isValue = true
  return JSON.stringify(value)
}

interface TypenameSetter {
  readonly conditions: readonly string[]
  readonly setValueTo: string
}

/** The rewrites as setters of the representation's own type name, or undefined when one of them is something else. */
function readTypenameSetters(
  rewrites: readonly FetchRewrite[] | undefined,
): readonly TypenameSetter[] | undefined {
  const setters: TypenameSetter[] = []
  for (const rewrite of rewrites ?? []) {
    const setter = toValueSetter(rewrite)
    const [condition, key, ...more] = setter?.path ?? []
    if (setter === undefined || condition === undefined || key === undefined) return undefined
    if (!('TypenameEquals' in condition) || more.length > 0) return undefined
    if (!('Key' in key) || key.Key !== '__typename') return undefined
    setters.push({ conditions: condition.TypenameEquals, setValueTo: setter.setValueTo })
  }
  return setters
}
