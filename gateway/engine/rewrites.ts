import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner'
import type { SupergraphModel } from './supergraph-model.js'

/** A change a plan asks for in a value, made in place. */
export type Rewrite = (value: unknown) => void

type JsonObject = Record<string, unknown>

/** Compiles a plan's rewrites into one function; undefined when there are none. */
export function compileRewrites(
  rewrites: readonly FetchRewrite[] | undefined,
  model: SupergraphModel,
): Rewrite | undefined {
  if (rewrites === undefined || rewrites.length === 0) return undefined
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, model))
  return (value) => {
    for (const rewrite of compiled) rewrite(value)
  }
}

/** New names of keys that a plan renames, by their names in the subgraph's answer. */
export function readRenames(
  rewrites: readonly FetchRewrite[] | undefined,
): ReadonlyMap<string, string> {
  const renames = new Map<string, string>()
  for (const rewrite of rewrites ?? []) {
    if (!('KeyRenamer' in rewrite)) continue
    const last = rewrite.KeyRenamer.path.at(-1)
    if (last !== undefined && 'Key' in last) renames.set(last.Key, rewrite.KeyRenamer.renameKeyTo)
  }
  return renames
}

/** The `ValueSetter` in a rewrite, which the planner writes in two forms. */
export function toValueSetter(
  rewrite: FetchRewrite,
): { readonly path: readonly FetchNodePathSegment[]; readonly setValueTo: string } | undefined {
  if ('ValueSetter' in rewrite) return rewrite.ValueSetter
  return 'KeyRenamer' in rewrite ? undefined : rewrite
}

function compileRewrite(rewrite: FetchRewrite, model: SupergraphModel): Rewrite {
  if ('KeyRenamer' in rewrite) {
    const { path, renameKeyTo } = rewrite.KeyRenamer
    return compilePath(path, model, (parent, key) => {
      if (!Object.hasOwn(parent, key)) return
      parent[renameKeyTo] = parent[key]
      delete parent[key]
    })
  }
  const setter = toValueSetter(rewrite)
  if (setter === undefined) return () => {}
  return compilePath(setter.path, model, (parent, key) => {
    parent[key] = setter.setValueTo
  })
}

function compilePath(
  path: readonly FetchNodePathSegment[],
  model: SupergraphModel,
  change: (parent: JsonObject, key: string) => void,
): Rewrite {
  function descend(value: unknown, at: number): void {
    if (value === null || typeof value !== 'object') return
    if (Array.isArray(value)) {
      for (const item of value) descend(item, at)
      return
    }
    const segment = path[at]
    if (segment === undefined) return
    const object = value as JsonObject
    if ('TypenameEquals' in segment) {
      if (isOneOf(object.__typename, segment.TypenameEquals, model)) descend(object, at + 1)
    } else if (at === path.length - 1) {
      change(object, segment.Key)
    } else {
      descend(object[segment.Key], at + 1)
    }
  }
  return (value) => descend(value, 0)
}

/** A value without a type name has a static object type, which is then the one the plan speaks of. */
function isOneOf(
  typename: unknown,
  conditions: readonly string[],
  model: SupergraphModel,
): boolean {
  if (typeof typename !== 'string') return true
  return conditions.some((condition) => model.satisfies(typename, condition))
}
