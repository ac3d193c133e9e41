import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner'
import type { ResponsePath } from './error-positions.js'
import type { JsonObject } from './merge-data.js'
import type { SupergraphModel } from './supergraph-model.js'

/** Finds the objects that a path of a query plan leads to. */
export interface EntityTargets {
  /** All objects at the path, in order; one that stands at several places comes several times. */
  collect(data: JsonObject): JsonObject[]
  /** The same with each object's position. Slower; for errors only. */
  locate(data: JsonObject): LocatedTarget[]
}

export interface LocatedTarget {
  readonly entity: JsonObject
  readonly path: ResponsePath
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
    found: (entity: JsonObject) => void,
  ): void {
    if (value === null || typeof value !== 'object') return
    const segment = segments[at]
    if (Array.isArray(value)) {
      const next = segment === '@' ? at + 1 : at
      for (let index = 0; index < value.length; index += 1) {
        path?.push(index)
        walk(value[index], next, path, found)
        path?.pop()
      }
      return
    }
    const object = value as JsonObject
    if (segment === undefined) {
      found(object)
    } else if (segment === '@') {
      walk(object, at + 1, path, found)
    } else if ('Field' in segment) {
      path?.push(segment.Field)
      walk(object[segment.Field], at + 1, path, found)
      path?.pop()
    } else if (matches(object.__typename, segment.TypeCondition)) {
      walk(object, at + 1, path, found)
    }
  }

  function matches(typename: unknown, conditions: readonly string[]): boolean {
    if (typeof typename !== 'string') return false
    return conditions.some((condition) => model.satisfies(typename, condition))
  }

  return {
    collect(data) {
      const entities: JsonObject[] = []
      walk(data, 0, undefined, (entity) => entities.push(entity))
      return entities
    },
    locate(data) {
      const located: LocatedTarget[] = []
      const path: (string | number)[] = []
      walk(data, 0, path, (entity) => located.push({ entity, path: path.slice() }))
      return located
    },
  }
}
