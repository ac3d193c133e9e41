/** HTTP statuses of a server, or of a proxy before it, that cannot answer now but may soon. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Why an answer counts as none: its HTTP status says that the server could not serve the request. The cause of a
 * `SUBGRAPH_UNREACHABLE`, for retries and logs.
 */
export class UnavailableAnswer extends Error {
  readonly status: number
  /** The `Retry-After` header as sent. */
  readonly retryAfter: string | undefined

  constructor(status: number, retryAfter: string | undefined) {
    super(`HTTP status ${status}`)
    this.name = 'UnavailableAnswer'
    this.status = status
    this.retryAfter = retryAfter
  }

  /** Whether asking again soon makes sense. A plain 500 is a bug over there: it will be the same bug again. */
  get isPassing(): boolean {
    return passingStatuses.has(this.status)
  }
}

/** Whether an HTTP status means that there is no answer, whatever the body says. */
export function isUnavailableStatus(status: number): boolean {
  return status >= 500 || status === 429
}
