import { type GraphQLInputType, GraphQLNonNull, isNonNullType } from 'graphql'
import { generateValue, type OfferVariable, printValue, toJson } from './generate-value.js'
import type { RandomSource } from './random-source.js'

/** Variables of one operation, declared as they come to be used. */
export interface OperationVariables {
  readonly offer: OfferVariable
  /** A variable for `@skip` and `@include`. */
  condition(): string
  /** `($a: Int, …)`, or nothing. */
  printDefinitions(): string
  /** Some are left out, where that is allowed. */
  readonly values: Record<string, unknown>
}

const none: OfferVariable = () => undefined

export function createOperationVariables(random: RandomSource): OperationVariables {
  const definitions = new Map<string, string>()
  const byPlace = new Map<string, string[]>()
  const values: Record<string, unknown> = {}
  let conditions = 0

  function declare(type: GraphQLInputType, hasDefault: boolean): string {
    const name = `v${definitions.size}`
    const text = String(type)
    const bare = isNonNullType(type) ? String(type.ofType) : text
    const strict = isNonNullType(type) ? type : new GraphQLNonNull(type)
    const present = generateValue(strict, random, none)
    // A nullable variable may stand where null is not allowed if a default steps in; then it must not be null itself.
    if (isNonNullType(type) && !hasDefault && random.chance(0.7)) {
      definitions.set(name, text)
      values[name] = toJson(present)
    } else if (isNonNullType(type)) {
      const own = random.chance(0.5) || !hasDefault
      definitions.set(name, own ? `${bare} = ${printValue(present)}` : bare)
      if (random.chance(0.5)) values[name] = toJson(present)
    } else {
      const hasOwn = random.chance(0.25)
      const isStrict = !hasOwn && random.chance(0.2)
      const own = hasOwn ? ` = ${printValue(generateValue(type, random, none))}` : ''
      definitions.set(name, `${text}${isStrict ? '!' : own}`)
      if (isStrict) values[name] = toJson(present)
      else if (random.chance(0.75)) values[name] = toJson(generateValue(type, random, none))
    }
    return name
  }

  return {
    values,
    offer(type, hasDefault) {
      const place = `${type} ${hasDefault}`
      const known = byPlace.get(place) ?? []
      if (known.length > 0 && random.chance(0.4)) return random.pick(known)
      const name = declare(type, hasDefault)
      byPlace.set(place, [...known, name])
      return name
    },
    condition() {
      const name = `c${conditions < 3 && random.chance(0.5) ? conditions++ : random.below(Math.max(conditions, 1))}`
      if (definitions.has(name)) return name
      conditions = Math.max(conditions, 1)
      const hasDefault = random.chance(0.3)
      definitions.set(name, hasDefault ? `Boolean = ${random.chance(0.5)}` : 'Boolean!')
      if (!hasDefault || random.chance(0.5)) values[name] = random.chance(0.5)
      return name
    },
    printDefinitions() {
      if (definitions.size === 0) return ''
      return `(${[...definitions].map(([name, type]) => `$${name}: ${type}`).join(', ')})`
    },
  }
}
