/** How one member took part in an answer; the value of `extensions.hub.members[]`. */
export interface MemberOutcome {
  readonly member: string
  /**
   * `ok` answered · `stale` answered from an expired cache entry · `timeout` gave no answer before the deadline ·
   * `failed` answered with an error or with something unusable · `skipped` not asked, for the reason given ·
   * `open` not asked, its circuit breaker is open.
   */
  readonly outcome: 'ok' | 'stale' | 'timeout' | 'failed' | 'skipped' | 'open'
  /** Milliseconds until the answer or the failure; absent when the member was not asked. */
  readonly tookMs?: number
  /** Age of a stale answer in seconds. */
  readonly ageSeconds?: number
  /** A stable code: an `ErrorCode`, or `CONTRACT_DRIFT`, `FIELDS_UNKNOWN`, `FOREIGN_ID`, `ANSWER_LENGTH`, `ANSWER_ORDER`. */
  readonly code?: string
  /** One sentence for people; nothing internal, nothing personal. */
  readonly reason?: string
}
