/** JSON as subgraphs answer it. */
export type JsonObject = Record<string, unknown>

/**
 * Merges a subgraph's answer into what is known of the same object, in place. Objects merge key by key, lists item by item.
 * A null never overwrites what an earlier fetch has found: a subgraph that does not know an entity says nothing about it.
 * A concrete type name is never replaced, least of all by an interface object's.
 *
 * Parts of `incoming` may become parts of `target`.
 *
 * @param objectTypes - Names of the object types, to tell concrete type names from those of interface objects.
 */
export function mergeObject(
  target: JsonObject,
  incoming: JsonObject,
  objectTypes: ReadonlySet<string>,
): void {
  if (target === incoming) return
  for (const key of Object.keys(incoming)) {
    // An own `__proto__` from JSON.parse would become the target's prototype.
    if (key === '__proto__') continue
    const value = incoming[key]
    const known = target[key]
    if (known === undefined || known === null) target[key] = value
    else if (key !== '__typename') target[key] = mergeValue(known, value, objectTypes)
    else if (!objectTypes.has(String(known))) target[key] = value ?? known
  }
}

function mergeValue(known: unknown, value: unknown, objectTypes: ReadonlySet<string>): unknown {
  if (known === value || value === null || value === undefined) return known
  if (known === null || known === undefined) return value
  if (typeof known !== 'object' || typeof value !== 'object') return value
  if (Array.isArray(known)) {
    if (!Array.isArray(value)) return known
    const shared = Math.min(known.length, value.length)
    for (let index = 0; index < shared; index += 1) {
      known[index] = mergeValue(known[index], value[index], objectTypes)
    }
    return known
  }
  if (Array.isArray(value)) return known
  mergeObject(known as JsonObject, value as JsonObject, objectTypes)
  return known
}

/** Whether two values are the same JSON; keys may stand in another order. */
export function isEqualJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (one === null || other === null) return false
  if (typeof one !== 'object' || typeof other !== 'object') return false
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false
    for (let index = 0; index < one.length; index += 1) {
      if (!isEqualJson(one[index], other[index])) return false
    }
    return true
  }
  if (Array.isArray(other)) return false
  let keys = 0
  for (const key in one) {
    // A missing key is undefined, which JSON does not know.
    if (!isEqualJson((one as JsonObject)[key], (other as JsonObject)[key])) return false
    keys += 1
  }
  for (const _key in other) keys -= 1
  return keys === 0
}

/** A copy of JSON that shares nothing with the original. */
export function cloneJson(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(cloneJson)
  const copy: JsonObject = {}
  for (const [key, item] of Object.entries(value)) {
    if (key !== '__proto__') copy[key] = cloneJson(item)
  }
  return copy
}
