import { type ErrorCode, errorCodes } from './error-codes.js'

/** What a failure is about, safe to show: names, limits and values, never personal data. */
export interface HubErrorDetails {
  /** Overrides the table's text; names the thing and the limit. */
  readonly message?: string
  readonly member?: string
  readonly subgraph?: string
  readonly timeoutMs?: number
  readonly limit?: number
  readonly value?: number | string
  readonly cause?: unknown
}

/** A failure a client or operator must tell apart. Match on `code`, never on the message. */
export class HubError extends Error {
  readonly code: ErrorCode
  readonly details: Omit<HubErrorDetails, 'message' | 'cause'>

  constructor(code: ErrorCode, details: HubErrorDetails = {}) {
    const { message, cause, ...rest } = details
    super(message ?? errorCodes[code].clientText, cause === undefined ? undefined : { cause })
    this.name = 'HubError'
    this.code = code
    this.details = rest
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable
  }

  get httpStatus(): number {
    return errorCodes[this.code].httpStatus
  }
}
