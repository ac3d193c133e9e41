/**
 * Stops where something that must hold does not: a bug of ours, never an answer to bad input.
 *
 * @throws Error with `message`, masked for clients.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}
