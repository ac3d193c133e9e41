import { GraphQLError } from 'graphql'
import type { ResponsePath } from './error-positions.js'

/**
 * Holds the errors against the finished answer. What several types select at one place the planner may fetch for all of
 * them; when that fails for an object whose type does not select it, the client has asked for nothing there. Such an error
 * goes, unless something beside it is null and may need the explanation: then it is the object's.
 */
export function settleErrors(errors: readonly GraphQLError[], data: unknown): GraphQLError[] {
  return errors.flatMap((error) => {
    if (error.path === undefined) return [error]
    const path = settlePath(error.path, data)
    if (path === error.path) return [error]
    if (path === undefined) return []
    const { message, extensions, originalError } = error
    return [new GraphQLError(message, { path: [...path], extensions, originalError })]
  })
}

function settlePath(path: ResponsePath, data: unknown): ResponsePath | undefined {
  let value = data
  for (const [depth, key] of path.entries()) {
    if (value === null || typeof value !== 'object') return path
    if (typeof key === 'string' && !Object.hasOwn(value, key)) {
      return Object.values(value).includes(null) ? path.slice(0, depth) : undefined
    }
    value = Reflect.get(value, key)
  }
  return path
}
