/** Failures of the connection itself; Node's own and those of the `pg` driver, which have no code. */
const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE'])
const connectionTexts =
  /connection terminated|timeout exceeded when trying to connect|connection timeout/i

/**
 * SQLSTATE classes and codes that say the server cannot serve us now: connection failures, refused log-ins, missing
 * resources, an operator's or a timeout's cancel, and a database that is not there.
 */
const unavailableStates = /^(08...|28...|53...|57P..|57014|3D000)$/

/** The SQLSTATE (or Node error code) of a failure, looked for along its causes. */
export function sqlState(error: unknown): string | null {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code
  }
  return null
}

/** Whether a failure means "no database to ask", as against a fault in what was asked. */
export function isUnavailable(error: unknown): boolean {
  const code = sqlState(error)
  if (code !== null) return connectionErrors.has(code) || unavailableStates.test(code)
  return error instanceof Error && connectionTexts.test(error.message)
}
