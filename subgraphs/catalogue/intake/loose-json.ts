/** A JSON object of unknown content. Read own properties only, so that `__proto__` in a source stays a plain key. */
export type LooseObject = Readonly<Record<string, unknown>>

/** The value as an object, or an empty one when it is none. For reading on without judging; validation judges. */
export function asObject(value: unknown): LooseObject {
  return isObject(value) ? value : {}
}

/** The value as a list, or an empty one when it is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as text with something in it, or null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** Whether the value is a JSON object: not null, not a list. */
export function isObject(value: unknown): value is LooseObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own property of a JSON object; undefined when it is missing or inherited. */
export function own(object: LooseObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
