import type { GraphQLFormattedError } from 'graphql'
import { type ErrorCode, errorCodes } from '../../schema/index.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'

/** One member's value for one root field, usable as far as can be told without its strategy. */
export interface FieldAnswer {
  readonly member: string
  /** Null only where the member may say "there is none". */
  readonly value: unknown
  /** Errors below the root field, paths as the member gave them. */
  readonly errors: readonly GraphQLFormattedError[]
  /** True when others hold the value, too: never changed, copied instead. */
  readonly isShared?: boolean
}

/** Why a member's part is missing from a root field. */
export interface FieldFailure {
  readonly member: string
  readonly code: string
  readonly reason: string
  /** The client's own mistake in the member's words, when it is one: every member would say the same. */
  readonly clientError?: { readonly code: ErrorCode; readonly message: string }
}

/** What all members' answers to one root field come to. */
export interface MergedField {
  readonly value: unknown
  readonly errors: readonly GraphQLFormattedError[]
  readonly failures: readonly FieldFailure[]
  /** How many members are in `value`. */
  readonly contributors: number
}

/** Reads one root field of a member's answer: its value, or why there is none. */
export function readFieldAnswer(
  member: string,
  answer: SubgraphAnswer & { readonly sharedKeys?: ReadonlySet<string> },
  key: string,
  { mayBeNull }: { readonly mayBeNull: boolean },
): FieldAnswer | FieldFailure {
  const errors = (answer.errors ?? []).filter(({ path }) => path?.[0] === key)
  const value = answer.data?.[key]
  if (value !== undefined && (value !== null || (mayBeNull && errors.length === 0))) {
    return { member, value, errors, isShared: answer.sharedKeys?.has(key) ?? false }
  }
  // An error without a path speaks of the whole request, so of this field too.
  const error = errors[0] ?? answer.errors?.find(({ path }) => !path)
  if (error !== undefined) return toFailure(member, error)
  return fail(member, 'SUBGRAPH_ANSWER_INVALID', 'answered without a value where one is due')
}

export function isFailure(answer: FieldAnswer | FieldFailure): answer is FieldFailure {
  return 'code' in answer
}

/** A failure with its sentence. */
export function fail(member: string, code: string, reason: string): FieldFailure {
  return { member, code, reason }
}

/** The code a member gave, when it is one of ours; its own words stay inside unless the client is to act on them. */
function toFailure(member: string, error: GraphQLFormattedError): FieldFailure {
  const given = error.extensions?.code
  const code = isErrorCode(given) ? given : 'SUBGRAPH_ERROR'
  const { httpStatus, clientText } = errorCodes[code]
  const failure = fail(member, code, clientText)
  if (httpStatus !== 400) return failure
  return { ...failure, clientError: { code, message: error.message } }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code)
}
