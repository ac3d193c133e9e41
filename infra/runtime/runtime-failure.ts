/** Codes of `schema/wire/error-codes.ts`; spelt out here because this room imports none of ours. */
export type RuntimeFailureCode =
  | 'CONFIG_INVALID'
  | 'DATABASE_UNAVAILABLE'
  | 'PORT_TAKEN'
  | 'REDIS_UNAVAILABLE'

/** A failure to start something the hub stands on. The message is one line and names the way out. */
export class RuntimeFailure extends Error {
  readonly code: RuntimeFailureCode

  constructor(code: RuntimeFailureCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RuntimeFailure'
    this.code = code
  }
}
