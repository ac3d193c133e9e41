import type {
  FetchRewrite,
  FlattenNodePathSegment,
  RequiresSelection,
} from '@graphql-hive/router-query-planner'
import { compileEntityTargets } from './entity-targets.js'
import type { ResponsePath } from './error-positions.js'
import { cloneJson, type JsonObject, mergeObject } from './merge-data.js'
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
  /** Waiting objects per path of the field, each with the index of its representation. */
  readonly waiting: readonly (readonly WaitingObject[])[]
}

interface WaitingObject {
  readonly target: JsonObject
  readonly index: number
}

export function compileEntityBatch(field: EntityField, model: SupergraphModel): EntityBatch {
  const paths = field.paths.map((path) => compileEntityTargets(path, model))
  const print = compileRepresentationPrinter(field.requires, field.inputRewrites, model)
  const rewrite = compileRewrites(field.outputRewrites, model)
  return {
    answerKey: field.answerKey,
    variable: field.variable,
    renames: readRenames(field.outputRewrites),
    gather(data, shared) {
      const indexes = new Map<string, number>()
      const waiting = paths.map((path) => {
        const objects: WaitingObject[] = []
        for (const target of path.collect(data, shared)) {
          const representation = print(target)
          if (representation === undefined) continue
          let index = indexes.get(representation)
          if (index === undefined) {
            index = indexes.size
            indexes.set(representation, index)
          }
          objects.push({ target, index })
        }
        return objects
      })
      return { representations: [...indexes.keys()], waiting }
    },
    locate(data, { representations, waiting }) {
      const located: ResponsePath[][] = representations.map(() => [])
      for (const [at, path] of paths.entries()) {
        const indexOf = new Map(waiting[at]?.map(({ target, index }) => [target, index]))
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

function mergeEntities(
  entities: readonly unknown[],
  waiting: GatheredEntities['waiting'],
  shared: SharedValues,
  objectTypes: ReadonlySet<string>,
): void {
  /** Which path has first taken an entity, by its index. */
  const takenBy: (number | undefined)[] = []
  for (const [at, objects] of waiting.entries()) {
    const copies = new Map<number, unknown>()
    for (const { target, index } of objects) {
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
