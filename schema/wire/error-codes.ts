/** What clients and operators may rely on for one error code. */
export interface ErrorCodeEntry {
  /** HTTP status when the whole request fails with this code. */
  readonly httpStatus: number
  /** Text that is safe to show to a client. */
  readonly clientText: string
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean
}

/** Every error code of the hub. Codes are never renamed and never reused; `ERRORS.md` is generated from this table. */
export const errorCodes = {
  BAD_USER_INPUT: {
    httpStatus: 400,
    clientText: 'An argument has a value the API does not accept; the message names it.',
    retryable: false,
  },
  CURSOR_INVALID: {
    httpStatus: 400,
    clientText: 'The cursor was not made by this API, or for another order.',
    retryable: false,
  },
  ID_INVALID: {
    httpStatus: 400,
    clientText: 'The id does not have the form member:kind:localId.',
    retryable: false,
  },
  MEMBER_UNKNOWN: {
    httpStatus: 400,
    clientText: 'No member with this slug or jurisdiction is in the register.',
    retryable: false,
  },
  PAGE_SIZE_INVALID: {
    httpStatus: 400,
    clientText: 'The page size is out of range, or both first and last were given.',
    retryable: false,
  },
  QUERY_TOO_LARGE: {
    httpStatus: 400,
    clientText: 'The operation exceeds a size limit; the message names limit and value.',
    retryable: false,
  },
  COST_EXCEEDED: {
    httpStatus: 400,
    clientText: 'The request costs more than one request may; the message names limit and value.',
    retryable: false,
  },
  RATE_LIMITED: {
    httpStatus: 429,
    clientText: 'This client has used up what it may ask for; Retry-After says when to try again.',
    retryable: true,
  },
  MEMBER_BUDGET_EXCEEDED: {
    httpStatus: 503,
    clientText: 'A member is asked as often as it may be asked; it was not asked for this.',
    retryable: true,
  },
  ENDPOINT_FORBIDDEN: {
    httpStatus: 502,
    clientText: 'A member is registered at an address the hub does not call.',
    retryable: false,
  },
  PREFLIGHT_REQUIRED: {
    httpStatus: 400,
    clientText:
      'A foreign page could have made a browser send this request; the message names a header that rules it out.',
    retryable: false,
  },
  OPERATION_NOT_PLANNABLE: {
    httpStatus: 400,
    clientText: 'No query plan could be made for this operation.',
    retryable: false,
  },
  UNAUTHENTICATED: {
    httpStatus: 401,
    clientText: 'This needs an access token.',
    retryable: false,
  },
  TOKEN_INVALID: {
    httpStatus: 401,
    clientText: 'The access token is not valid here; the message says what is wrong with it.',
    retryable: false,
  },
  FORBIDDEN: {
    httpStatus: 403,
    clientText: 'The access token does not allow this.',
    retryable: false,
  },
  IDEMPOTENCY_KEY_REUSED: {
    httpStatus: 409,
    clientText: 'This idempotency key was used before, with another input.',
    retryable: false,
  },
  ISSUER_UNAVAILABLE: {
    httpStatus: 503,
    clientText: "The access token cannot be checked now: its issuer's keys cannot be read.",
    retryable: true,
  },
  SIGNATURE_REQUIRED: {
    httpStatus: 401,
    clientText: "This service answers only the hub's gateway, and the request is not signed.",
    retryable: false,
  },
  SIGNATURE_INVALID: {
    httpStatus: 401,
    clientText: 'The signature of the request is not valid; the message says why.',
    retryable: false,
  },
  SUBGRAPH_UNREACHABLE: {
    httpStatus: 502,
    clientText: 'A subgraph could not be reached.',
    retryable: true,
  },
  SUBGRAPH_TIMEOUT: {
    httpStatus: 504,
    clientText: 'A subgraph did not answer within its deadline.',
    retryable: true,
  },
  SUBGRAPH_ANSWER_INVALID: {
    httpStatus: 502,
    clientText: 'A subgraph answered with something that is not a valid GraphQL response.',
    retryable: true,
  },
  SUBGRAPH_ANSWER_TOO_LARGE: {
    httpStatus: 502,
    clientText: 'A subgraph answered with more bytes than allowed.',
    retryable: false,
  },
  SUBGRAPH_CIRCUIT_OPEN: {
    httpStatus: 503,
    clientText: 'A subgraph failed repeatedly and is not asked for a moment.',
    retryable: true,
  },
  SUBGRAPH_ERROR: {
    httpStatus: 502,
    clientText: 'A subgraph answered with an error.',
    retryable: true,
  },
  MEMBERS_UNAVAILABLE: {
    httpStatus: 503,
    clientText: 'None of the members asked gave an answer; extensions.hub.members says why.',
    retryable: true,
  },
  REQUEST_ABORTED: {
    httpStatus: 499,
    clientText: 'The client went away before the answer was ready.',
    retryable: true,
  },
  DEADLINE_EXCEEDED: {
    httpStatus: 504,
    clientText: 'The request took longer than its deadline.',
    retryable: true,
  },
  OVERLOADED: {
    httpStatus: 503,
    clientText:
      'More requests are waiting than the hub accepts; Retry-After says when to try again.',
    retryable: true,
  },
  SHUTTING_DOWN: {
    httpStatus: 503,
    clientText: 'This process is shutting down.',
    retryable: true,
  },
  REGISTER_INVALID: {
    httpStatus: 500,
    clientText: 'The member register is not valid.',
    retryable: false,
  },
  CONFIG_INVALID: {
    httpStatus: 500,
    clientText: 'The configuration is not valid.',
    retryable: false,
  },
  PORT_TAKEN: {
    httpStatus: 500,
    clientText: 'A port the hub needs is in use.',
    retryable: false,
  },
  REDIS_UNAVAILABLE: {
    httpStatus: 500,
    clientText: 'No Redis server could be found, started or reached.',
    retryable: true,
  },
  PURGE_UNAVAILABLE: {
    httpStatus: 503,
    clientText: 'Neither Redis nor the purge log could be reached; nothing was purged.',
    retryable: true,
  },
  DATABASE_UNAVAILABLE: {
    httpStatus: 503,
    clientText: 'The Postgres server could not be started or reached.',
    retryable: true,
  },
  SUPERGRAPH_INVALID: {
    httpStatus: 500,
    clientText: 'The supergraph could not be composed or loaded.',
    retryable: false,
  },
  SOURCE_UNREADABLE: {
    httpStatus: 500,
    clientText: 'The source of a catalogue could not be read.',
    retryable: true,
  },
  REFERENCE_DATA_INVALID: {
    httpStatus: 500,
    clientText: 'The reference data of the recognition subgraph is not valid.',
    retryable: false,
  },
  SIGNING_KEYS_INVALID: {
    httpStatus: 500,
    clientText: 'The keys of an issuing body cannot be used.',
    retryable: false,
  },
  MASS_WITHDRAWAL_REFUSED: {
    httpStatus: 409,
    clientText: 'A sync would withdraw more than half of a catalogue; nothing was changed.',
    retryable: false,
  },
  PERIOD_NOT_PUBLISHED: {
    httpStatus: 400,
    clientText: 'Figures of this period are published once it is over.',
    retryable: false,
  },
  NOT_PUBLISHED: {
    httpStatus: 403,
    clientText: 'This table is not among those published for everybody.',
    retryable: false,
  },
  STATISTICS_BUDGET_EXCEEDED: {
    httpStatus: 429,
    clientText:
      'The budget of published figures is used up; the message says which and until when.',
    retryable: true,
  },
  INTERNAL_SERVER_ERROR: {
    httpStatus: 500,
    clientText: 'Something went wrong inside the hub.',
    retryable: false,
  },
} as const satisfies Readonly<Record<string, ErrorCodeEntry>>

export type ErrorCode = keyof typeof errorCodes
