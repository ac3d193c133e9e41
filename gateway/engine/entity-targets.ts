import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner'
import type { ResponsePath } from './error-positions.js'
import type { JsonObject } from './merge-data.js'
import type { SharedValues } from './shared-values.js'
import type { SupergraphModel } from './supergraph-model.js'

/** Finds the objects that a path of a query plan leads to. */
export interface EntityTargets {
  /**
   * Hands over the objects at the path, in order, and puts what `take` returns in their place. What stands below a shared
   * value comes once, however many places it has.
   */
  visit(data: JsonObject, shared: SharedValues, take: (entity: JsonObject) => JsonObject): void
  /** All of them, with the position of each. Slower; for errors only. */
  locate(data: JsonObject): LocatedTarget[]
}

export interface LocatedTarget {
  readonly entity: JsonObject
  readonly path: ResponsePath
}

interface Walk {
  readonly take: (entity: JsonObject) => JsonObject
  /** Whether a value has been walked already, with the same part of the path to go. */
  readonly isKnown: (value: object, at: number) => boolean
  /** Where the walk is; undefined when nobody asks. */
  readonly path: (string | number)[] | undefined
}

/** Compiles a `Flatten` path. */
export function compileEntityTargets(
  segments: readonly FlattenNodePathSegment[],
  model: SupergraphModel,
): EntityTargets {
  /** @returns What belongs in the value's place: itself, unless it was taken and replaced. */
  function walk(value: unknown, at: number, tour: Walk): unknown {
    if (value === null || typeof value !== 'object') return value
    const segment = segments[at]
    if (Array.isArray(value)) {
      if (!tour.isKnown(value, at)) walkItems(value, segment === '@' ? at + 1 : at, tour)
      return value
    }
    const object = value as JsonObject
    if (segment === undefined) return tour.take(object)
    if (segment === '@') return walk(object, at + 1, tour)
    if ('Field' in segment) {
      if (!tour.isKnown(object, at)) walkField(object, segment.Field, at + 1, tour)
      return object
    }
    return matches(object.__typename, segment.TypeCondition) ? walk(object, at + 1, tour) : object
  }

  function walkItems(list: unknown[], at: number, tour: Walk): void {
    for (let index = 0; index < list.length; index += 1) {
      tour.path?.push(index)
      const kept = walk(list[index], at, tour)
      if (kept !== list[index]) list[index] = kept
      tour.path?.pop()
    }
  }

  function walkField(object: JsonObject, key: string, at: number, tour: Walk): void {
    tour.path?.push(key)
    const value = object[key]
    const kept = walk(value, at, tour)
    if (kept !== value) object[key] = kept
    tour.path?.pop()
  }

  function matches(typename: unknown, conditions: readonly string[]): boolean {
    if (typeof typename !== 'string') return false
    return conditions.some((condition) => model.satisfies(typename, condition))
  }

  return {
    visit(data, shared, take) {
      const isKnown = shared.size === 0 ? neverKnown : createVisited(shared)
      walk(data, 0, { take, isKnown, path: undefined })
    },
    locate(data) {
      const located: LocatedTarget[] = []
      const path: (string | number)[] = []
      function take(entity: JsonObject): JsonObject {
        located.push({ entity, path: path.slice() })
        return entity
      }
      walk(data, 0, { take, isKnown: neverKnown, path })
      return located
    },
  }
}

const neverKnown = (): boolean => false

function createVisited(shared: SharedValues): Walk['isKnown'] {
  const byDepth: (Set<object> | undefined)[] = []
  return (value, at) => {
    if (!shared.has(value)) return false
    const visited = byDepth[at]
    if (visited === undefined) {
      byDepth[at] = new Set([value])
      return false
    }
    if (visited.has(value)) return true
    visited.add(value)
    return false
  }
}
