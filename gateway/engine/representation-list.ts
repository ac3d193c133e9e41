import type { JsonObject } from './merge-data.js'
import type { PlainFields, RepresentationPrinter } from './representation-printer.js'

/** The representations of one request, each once, in the order of their first entity. */
export interface RepresentationList {
  readonly printed: readonly string[]
  /** Index of an entity's representation, which is added if it is new; undefined when the entity cannot be asked for. */
  indexOf(entity: Readonly<JsonObject>): number | undefined
}

/** One level for each required field: its value leads to the next level, that of the last one to the index. */
type Level = Map<unknown, Level | number>

/**
 * Creates an empty list. Entities in long lists are mostly few and their keys plain, so an entity is looked up by its
 * values: printing every one only to find its text in a map took longer than anything else about a fetch.
 */
export function createRepresentationList(printer: RepresentationPrinter): RepresentationList {
  const printed: string[] = []
  const byText = new Map<string, number>()
  const byGroup = new Map<string, Level>()

  function add(entity: Readonly<JsonObject>): number | undefined {
    const text = printer.print(entity)
    if (text === undefined) return undefined
    const known = byText.get(text)
    if (known !== undefined) return known
    const index = printed.length
    printed.push(text)
    byText.set(text, index)
    return index
  }

  function levelOf(
    { group, sources }: PlainFields,
    entity: Readonly<JsonObject>,
  ): Level | undefined {
    let level: Level = byGroup.get(group) ?? new Map()
    if (level.size === 0) byGroup.set(group, level)
    for (let at = 0; at < sources.length - 1; at += 1) {
      const value = entity[sources[at] ?? '']
      if (!isScalar(value)) return undefined
      const known: Level | number | undefined = level.get(value)
      const next: Level = typeof known === 'object' ? known : new Map()
      if (known === undefined) level.set(value, next)
      level = next
    }
    return level
  }

  return {
    printed,
    indexOf(entity) {
      const typename = entity.__typename
      if (typeof typename !== 'string') return undefined
      const fields = printer.plainFieldsOf(typename)
      const level = fields && levelOf(fields, entity)
      const last = fields && entity[fields.sources.at(-1) ?? '']
      if (level === undefined || !isScalar(last)) return add(entity)
      const known = level.get(last)
      if (typeof known === 'number') return known
      const index = add(entity)
      if (index !== undefined) level.set(last, index)
      return index
    },
  }
}

/** Lists and objects of custom scalars are the same if they print the same; `undefined` is a missing field. */
function isScalar(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && value !== undefined)
}
