/** Collects the bound values of one statement. */
export interface SqlParameters {
  /** Binds a value and returns its placeholder, `$n`. */
  add(value: unknown): string
  readonly values: readonly unknown[]
}

/** An empty collection; the first placeholder is `$1`. */
export function createSqlParameters(): SqlParameters {
  const values: unknown[] = []
  return {
    add: (value) => {
      values.push(value)
      return `$${values.length}`
    },
    values,
  }
}
