import type {
  FetchRewrite,
  FlattenNodePathSegment,
  RequiresSelection,
} from '@graphql-hive/router-query-planner'
import { compileEntityTargets, type EntityTargets } from './entity-targets.js'
import type { ResponsePath } from './error-positions.js'
import { cloneJson, isEqualJson, type JsonObject, mergeObject } from './merge-data.js'
import { createRepresentationList, type RepresentationList } from './representation-list.js'
import { compileRepresentationPrinter } from './representation-printer.js'
import { compileRewrites, readRenames } from './rewrites.js'
import type { SharedValues } from './shared-values.js'
import type { SupergraphModel } from './supergraph-model.js'

/** One `_entities` field of a fetch, as the plan describes it. */
export interface EntityField {
  /** Key of the entities in the answer: `_entities` or an alias of it. */
  readonly answerKey: string
  readonly variable: string
  readonly paths: readonly (readonly FlattenNodePathSegment[])[]
  readonly requires: readonly RequiresSelection[]
  readonly inputRewrites: readonly FetchRewrite[] | undefined
  readonly outputRewrites: readonly FetchRewrite[] | undefined
}

/** The same, compiled: what one execution does with it. */
export interface EntityBatch {
  readonly answerKey: string
  readonly variable: string
  /** New names of keys in the answer, to translate error paths. */
  readonly renames: ReadonlyMap<string, string>
  gather(data: JsonObject, shared: SharedValues): GatheredEntities
  /** Positions of the gathered entities in `data`, by representation. For errors only. */
  locate(data: JsonObject, gathered: GatheredEntities): ResponsePath[][]
  /** Merges the entities of an answer, one per representation, into the objects they were asked for. */
  merge(entities: readonly unknown[], gathered: GatheredEntities, shared: SharedValues): void
}

/** The representations to ask for, each once, and the objects that wait for the answers. */
export interface GatheredEntities {
  readonly representations: readonly string[]
  /** Per path of the field. */
  readonly waiting: readonly WaitingObjects[]
}

/** The objects at one path, and for each the index of its representation. */
interface WaitingObjects {
  readonly targets: readonly JsonObject[]
  readonly indexes: readonly number[]
}

/** When two objects of one entity at one path become one: never, if they are equal stubs, or if all they hold is equal. */
export type EntityMerging = 'none' | 'stubs' | 'whole'

export function compileEntityBatch(
  field: EntityField,
  merging: EntityMerging,
  model: SupergraphModel,
): EntityBatch {
  const paths = field.paths.map((path) => compileEntityTargets(path, model))
  const printer = compileRepresentationPrinter(field.requires, field.inputRewrites, model)
  const rewrite = compileRewrites(field.outputRewrites, model)
  return {
    answerKey: field.answerKey,
    variable: field.variable,
    renames: readRenames(field.outputRewrites),
    gather(data, shared) {
      const list = createRepresentationList(printer)
      const waiting = paths.map((path) => gatherPath(path, data, list, shared, merging))
      return { representations: list.printed, waiting }
    },
    locate(data, { representations, waiting }) {
      const located: ResponsePath[][] = representations.map(() => [])
      for (const [at, path] of paths.entries()) {
        const indexOf = toIndexes(waiting[at])
        for (const { entity, path: position } of path.locate(data)) {
          const index = indexOf.get(entity)
          if (index !== undefined) located[index]?.push(position)
        }
      }
      return located
    },
    merge(entities, { waiting }, shared) {
      for (const entity of entities) rewrite?.(entity)
      mergeEntities(entities, waiting, shared, model.objectTypes)
    },
  }
}

/**
 * Collects the objects at one path. Equal objects of one entity become one: what is merged, projected and printed for the
 * first is then done for all. Later fetches may tell them apart by the types above them, but not by their keys: one data
 * key always stands for the same field with the same arguments.
 */
function gatherPath(
  path: EntityTargets,
  data: JsonObject,
  list: RepresentationList,
  shared: SharedValues,
  merging: EntityMerging,
): WaitingObjects {
  const targets: JsonObject[] = []
  const indexes: number[] = []
  const firsts: (JsonObject | undefined)[] = []
  const isSame = merging === 'whole' ? isEqualJson : isEqualStub
  path.visit(data, shared, (target) => {
    const index = list.indexOf(target)
    if (index === undefined) return target
    const first = firsts[index]
    if (first === target) return target
    if (first === undefined) {
      firsts[index] = target
    } else if (merging !== 'none' && isSame(first, target)) {
      shared.add(first)
      return first
    }
    targets.push(target)
    indexes.push(index)
    return target
  })
  return { targets, indexes }
}

/** Whether two objects have the same keys with the same scalars, or the very same objects. */
function isEqualStub(one: Readonly<JsonObject>, other: Readonly<JsonObject>): boolean {
  let keys = 0
  for (const key in one) {
    if (one[key] !== other[key]) return false
    keys += 1
  }
  for (const _key in other) keys -= 1
  return keys === 0
}

function toIndexes(waiting: WaitingObjects | undefined): ReadonlyMap<JsonObject, number> {
  const indexOf = new Map<JsonObject, number>()
  for (const [at, target] of (waiting?.targets ?? []).entries()) {
    indexOf.set(target, waiting?.indexes[at] ?? 0)
  }
  return indexOf
}

function mergeEntities(
  entities: readonly unknown[],
  waiting: GatheredEntities['waiting'],
  shared: SharedValues,
  objectTypes: ReadonlySet<string>,
): void {
  /** Which path has first taken an entity, by its index. */
  const takenBy: (number | undefined)[] = []
  for (const [at, { targets, indexes }] of waiting.entries()) {
    const copies = new Map<number, unknown>()
    for (let turn = 0; turn < targets.length; turn += 1) {
      const target = targets[turn]
      const index = indexes[turn]
      if (target === undefined || index === undefined) continue
      let entity = entities[index]
      const first = takenBy[index]
      if (first === undefined) {
        takenBy[index] = at
      } else if (first !== at) {
        // Objects at one path may share parts, for later fetches treat them alike. At another path a later fetch may put a
        // different value under the same key.
        if (!copies.has(index)) copies.set(index, cloneJson(entity))
        entity = copies.get(index)
      }
      if (!isObject(entity)) continue
      if (first === at) shared.addParts(entity)
      mergeObject(target, entity, objectTypes)
    }
  }
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
