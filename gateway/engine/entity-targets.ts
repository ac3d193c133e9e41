import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner'
import type { ResponsePath } from './error-positions.js'
import type { JsonObject } from './merge-data.js'
import type { SharedValues } from './shared-values.js'
import type { SupergraphModel } from './supergraph-model.js'

/** Finds the objects that a path of a query plan leads to. */
export interface EntityTargets {
  /** The objects at the path, in order; one below a shared value comes once, however many places it has. */
  collect(data: JsonObject, shared: SharedValues): JsonObject[]
  /** The same with each object's position. Slower; for errors only. */
  locate(data: JsonObject): LocatedTarget[]
}

export interface LocatedTarget {
  readonly entity: JsonObject
  readonly path: ResponsePath
}

interface Visit {
  readonly found: (entity: JsonObject) => void
  /** Whether a value has been walked already, with the same part of the path to go. */
  readonly isKnown: (value: object, at: number) => boolean
}

/** Compiles a `Flatten` path. */
export function compileEntityTargets(
  segments: readonly FlattenNodePathSegment[],
  model: SupergraphModel,
): EntityTargets {
  function walk(
    value: unknown,
    at: number,
    path: (string | number)[] | undefined,
    visit: Visit,
  ): void {
    if (value === null || typeof value !== 'object') return
    if (visit.isKnown(value, at)) return
    const segment = segments[at]
    if (Array.isArray(value)) {
      const next = segment === '@' ? at + 1 : at
      for (let index = 0; index < value.length; index += 1) {
        path?.push(index)
        walk(value[index], next, path, visit)
        path?.pop()
      }
      return
    }
    const object = value as JsonObject
    if (segment === undefined) {
      visit.found(object)
    } else if (segment === '@') {
      walk(object, at + 1, path, visit)
    } else if ('Field' in segment) {
      path?.push(segment.Field)
      walk(object[segment.Field], at + 1, path, visit)
      path?.pop()
    } else if (matches(object.__typename, segment.TypeCondition)) {
      walk(object, at + 1, path, visit)
    }
  }

  function matches(typename: unknown, conditions: readonly string[]): boolean {
    if (typeof typename !== 'string') return false
    return conditions.some((condition) => model.satisfies(typename, condition))
  }

  return {
    collect(data, shared) {
      const entities: JsonObject[] = []
      walk(data, 0, undefined, {
        found: (entity) => entities.push(entity),
        isKnown: shared.size === 0 ? neverKnown : createVisited(shared),
      })
      return entities
    },
    locate(data) {
      const located: LocatedTarget[] = []
      const path: (string | number)[] = []
      walk(data, 0, path, {
        found: (entity) => located.push({ entity, path: path.slice() }),
        isKnown: neverKnown,
      })
      return located
    },
  }
}

const neverKnown = (): boolean => false

function createVisited(shared: SharedValues): Visit['isKnown'] {
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
