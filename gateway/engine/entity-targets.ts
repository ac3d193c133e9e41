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

/** Goes down the rest of a path from a value. @returns What belongs in the value's place: itself, unless it was replaced. */
type Step = (value: unknown, tour: Walk) => unknown

/** Compiles a `Flatten` path: one closure for each segment, so that a walk over thousands of values decides nothing again. */
export function compileEntityTargets(
  segments: readonly FlattenNodePathSegment[],
  model: SupergraphModel,
): EntityTargets {
  let walk: Step = takeObject
  for (let at = segments.length - 1; at >= 0; at -= 1) {
    const segment = segments[at]
    if (segment !== undefined) walk = compileSegment(segment, at, walk, model)
  }
  const root = walk

  return {
    visit(data, shared, take) {
      const isKnown = shared.size === 0 ? neverKnown : createVisited(shared)
      root(data, { take, isKnown, path: undefined })
    },
    locate(data) {
      const located: LocatedTarget[] = []
      const path: (string | number)[] = []
      function take(entity: JsonObject): JsonObject {
        located.push({ entity, path: path.slice() })
        return entity
      }
      root(data, { take, isKnown: neverKnown, path })
      return located
    },
  }
}

function takeObject(value: unknown, tour: Walk): unknown {
  if (value === null || typeof value !== 'object') return value
  if (!Array.isArray(value)) return tour.take(value as JsonObject)
  walkItems(value, takeObject, tour)
  return value
}

function compileSegment(
  segment: FlattenNodePathSegment,
  at: number,
  next: Step,
  model: SupergraphModel,
): Step {
  if (segment === '@') {
    return (value, tour) => {
      if (!Array.isArray(value)) return next(value, tour)
      if (!tour.isKnown(value, at)) walkItems(value, next, tour)
      return value
    }
  }
  // A list where the path has no segment for one is walked item by item.
  if ('Field' in segment) {
    const key = segment.Field
    return function walkField(value, tour) {
      if (value === null || typeof value !== 'object' || tour.isKnown(value, at)) return value
      if (Array.isArray(value)) walkItems(value, walkField, tour)
      else {
        const object = value as JsonObject
        tour.path?.push(key)
        const held = object[key]
        const kept = next(held, tour)
        if (kept !== held) object[key] = kept
        tour.path?.pop()
      }
      return value
    }
  }
  const conditions = segment.TypeCondition
  const matched = new Map<unknown, boolean>()
  function matches(typename: unknown): boolean {
    if (typeof typename !== 'string') return false
    let isMatch = matched.get(typename)
    if (isMatch === undefined) {
      isMatch = conditions.some((condition) => model.satisfies(typename, condition))
      // Names the schema does not have come from subgraphs, so there is no end to them.
      if (model.objectTypes.has(typename)) matched.set(typename, isMatch)
    }
    return isMatch
  }
  return function walkType(value, tour) {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) {
      if (!tour.isKnown(value, at)) walkItems(value, walkType, tour)
      return value
    }
    return matches((value as JsonObject).__typename) ? next(value, tour) : value
  }
}

function walkItems(list: unknown[], step: Step, tour: Walk): void {
  const { path } = tour
  for (let index = 0; index < list.length; index += 1) {
    path?.push(index)
    const item = list[index]
    const kept = step(item, tour)
    if (kept !== item) list[index] = kept
    path?.pop()
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
