import type { LocalIntrospection } from './local-introspection.js'
import type { JsonObject } from './merge-data.js'

/** An answer without errors, ready to send. */
export interface FinishedAnswer {
  readonly data: JsonObject | null
  /** `JSON.stringify(data)`. */
  readonly text: string
}

/**
 * Answers of one prepared operation by the object that all their data come from: while a subgraph gives the very same object,
 * neither completing nor printing has anything new to do. Kept as long as whoever shares the object keeps it.
 */
export interface FinishedAnswers {
  find(source: object | undefined): FinishedAnswer | undefined
  /** Only without errors: they belong to one request. */
  keep(source: object | undefined, answer: FinishedAnswer): void
}

export function createFinishedAnswers(
  introspection: Pick<LocalIntrospection, 'dependsOnVariables'>,
): FinishedAnswers {
  const finished = new WeakMap<object, FinishedAnswer>()
  return {
    find: (source) => (source === undefined ? undefined : finished.get(source)),
    keep(source, answer) {
      if (source !== undefined && !introspection.dependsOnVariables()) finished.set(source, answer)
    },
  }
}
