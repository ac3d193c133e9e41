import type { JsonObject } from './merge-data.js'

/**
 * Values that stand at several places of the collected data: equal objects of one entity become one, and what an entity
 * brings is merged by reference into every object that waited for it. Walking, projecting and printing such a value once
 * instead of at every place is the largest saving there is on answers with nested lists: they have few entities and many
 * places.
 *
 * A hint: a shared value that is missing here costs time, a value here that stands once costs nothing.
 */
export class SharedValues {
  // Made when something is shared: in most answers nothing is.
  #values: Set<object> | undefined

  get size(): number {
    return this.#values?.size ?? 0
  }

  has(value: object): boolean {
    return this.#values?.has(value) === true
  }

  add(value: object): void {
    this.#values ??= new Set()
    this.#values.add(value)
  }

  /** Notes the lists and objects of an entity that is merged into a further object. */
  addParts(entity: Readonly<JsonObject>): void {
    for (const key in entity) {
      const part = entity[key]
      if (part !== null && typeof part === 'object') this.add(part)
    }
  }
}
