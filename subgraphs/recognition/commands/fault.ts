/** Every reason why a command is not carried out. Published as an enum: never renamed, never reused. */
export const faultCodes = [
  'AGREEMENT_EXISTS',
  'AWARD_EXISTS',
  'AWARD_NOT_VALID',
  'DATE_IN_FUTURE',
  'DATE_INVALID',
  'DATE_IN_PAST',
  'DEADLINE_PASSED',
  'IDENTITY_MISSING',
  'ID_INVALID',
  'NOT_FOUND',
  'NOT_PERMITTED',
  'REQUEST_EXISTS',
  'RULE_INVALID',
  'SAME_DECIDER',
  'SAME_MEMBER',
  'SIZE_REFUSED',
  'STATE_FORBIDS',
  'VALUE_INVALID',
  'VALUE_REQUIRED',
  'VALUE_TOO_LONG',
  'VERSION_CONFLICT',
] as const
export type FaultCode = (typeof faultCodes)[number]

/** One thing that is wrong with an input. */
export interface Fault {
  readonly code: FaultCode
  /** Names of the input's fields down to the faulty one; empty when it is about the whole. */
  readonly path: readonly string[]
  /** Names the thing and the limit; says nothing of other people's records. */
  readonly message: string
}

/** What became of a command: carried out, or not at all, for all of these reasons. */
export type CommandResult<Value> =
  | { readonly isDone: true; readonly value: Value }
  | { readonly isDone: false; readonly faults: readonly Fault[] }

export function done<Value>(value: Value): CommandResult<Value> {
  return { isDone: true, value }
}

/** Not carried out, for one reason. */
export function refused<Value>(
  code: FaultCode,
  path: string,
  message: string,
): CommandResult<Value> {
  return { isDone: false, faults: [{ code, path: path === '' ? [] : path.split('.'), message }] }
}

/** Collects every fault of an input, so that a client learns of all of them at once. */
export class FaultList {
  readonly faults: Fault[] = []

  /** @param path - Field names joined by dots. */
  add(code: FaultCode, path: string, message: string): void {
    this.faults.push({ code, path: path === '' ? [] : path.split('.'), message })
  }

  get isEmpty(): boolean {
    return this.faults.length === 0
  }

  toResult<Value>(): CommandResult<Value> {
    return { isDone: false, faults: this.faults }
  }
}
