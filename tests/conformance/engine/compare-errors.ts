import type { GraphQLError } from 'graphql'
import { expect } from 'vitest'
import type { ExpectedError } from './federation-case.js'

/** Checks that exactly the expected errors came, in any order. */
export function expectErrors(
  errors: readonly GraphQLError[],
  expected: readonly ExpectedError[],
): void {
  const given = errors.map(({ message, path, extensions }) => ({
    path: path ?? null,
    code: extensions.code,
    subgraph: extensions.subgraph ?? null,
    message,
  }))
  const wanted = expected.map(({ path, code, subgraph, message }) => ({
    path: path ?? null,
    code,
    subgraph: subgraph ?? expect.toSatisfy(() => true),
    message: expect.stringContaining(message ?? ''),
  }))
  expect(sortByPath(given)).toEqual(sortByPath(wanted))
}

function sortByPath<Item extends { readonly path: unknown }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => (JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1))
}
