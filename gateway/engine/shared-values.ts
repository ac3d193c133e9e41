import type { JsonObject } from './merge-data.js'

/**
 * Values that stand at several places of the collected data: equal stubs of one entity become one object, and what an
 * entity brings is merged by reference into every object that waited for it. Walking, projecting and printing such a value once instead of at every place is the largest
 * saving there is on answers with nested lists: they have few entities and many places.
 *
 * A hint: a shared value that is missing here costs time, a value here that stands once costs nothing.
 */
export interface SharedValues {
  readonly size: number
  has(value: object): boolean
  add(value: object): void
  /** Notes the lists and objects of an entity that is merged into a further object. */
  addParts(entity: Readonly<JsonObject>): void
}

export function createSharedValues(): SharedValues {
  const values = new Set<object>()
  return {
    get size() {
      return values.size
    },
    has: (value) => values.has(value),
    add: (value) => void values.add(value),
    addParts(entity) {
      for (const key in entity) {
        const part = entity[key]
        if (part !== null && typeof part === 'object') values.add(part)
      }
    },
  }
}
