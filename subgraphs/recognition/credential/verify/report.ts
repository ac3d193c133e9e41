/** What is looked at, each for itself. */
export const checkNames = [
  'FORMAT',
  'SEAL',
  'REVOCATION',
  'ACCREDITATION',
  'VALIDITY',
  'ISSUER',
  'HOLDER',
] as const
export type CheckName = (typeof checkNames)[number]

/**
 * `pass` and `fail`: shown to be so. `neutral`: there is nothing to check, and that is no fault. `unknown`: there is
 * something to check, and we could not; the reason says what was missing.
 */
export const checkStatuses = ['pass', 'fail', 'neutral', 'unknown'] as const
export type CheckStatus = (typeof checkStatuses)[number]

/** One finding. */
export interface CheckReason {
  /** Machine-readable, `SCREAMING_SNAKE`, never renamed. */
  readonly code: string
  /** For people, in English; nothing personal in it. */
  readonly message: string
  /** The property of the document it is about, as a path. */
  readonly property?: string
}

/** A part of a check with a result of its own, e.g. `CHAIN` of `SEAL`. */
export interface CheckPart {
  readonly name: string
  readonly status: CheckStatus
  readonly reasons: readonly CheckReason[]
}

export interface Check {
  readonly name: CheckName
  readonly status: CheckStatus
  /** All reasons in one sentence or more, for people. */
  readonly reason: string
  readonly reasons: readonly CheckReason[]
  readonly parts: readonly CheckPart[]
}

/**
 * `VERIFIED`: what it says was said by whom it says, and still holds. It never means "recognised": that is for an
 * institution to decide. `FAILED`: something was shown to be wrong. `UNDETERMINED`: something needed could not be checked.
 */
export const verdicts = ['VERIFIED', 'FAILED', 'UNDETERMINED'] as const
export type Verdict = (typeof verdicts)[number]

/** What a credential's verification found. */
export interface VerificationReport {
  readonly verdict: Verdict
  /** A format of ours, `elm` or `vc` for documents without a seal; null when it is none we know. */
  readonly format: string | null
  /** The document's own id; null when it has none. */
  readonly credentialId: string | null
  /** When it was looked at: an ISO instant. */
  readonly checkedAt: string
  readonly checks: readonly Check[]
}

/** A check of one part. */
export function toCheck(
  name: CheckName,
  status: CheckStatus,
  reasons: readonly CheckReason[],
): Check {
  const shown = limitReasons(reasons)
  return { name, status, reason: toSentence(shown), reasons: shown, parts: [] }
}

/** A check of several parts, as bad as the worst of them: fail before unknown before pass before neutral. */
export function combineParts(name: CheckName, given: readonly CheckPart[]): Check {
  let status: CheckStatus = 'neutral'
  for (const part of given) if (weight[part.status] > weight[status]) status = part.status
  const parts = given.every(({ reasons }) => isShort(reasons)) ? given : given.map(limitPart)
  const isBad = status === 'fail' || status === 'unknown'
  // What is wrong first, then what is not known: who reads only the beginning reads what matters.
  const ordered = isBad ? [...parts].sort((a, b) => rank[a.status] - rank[b.status]) : parts
  const reasons: CheckReason[] = []
  for (const part of ordered) reasons.push(...part.reasons)
  return { name, status, reason: toSentence(reasons), reasons, parts }
}

const weight: Readonly<Record<CheckStatus, number>> = { fail: 3, unknown: 2, pass: 1, neutral: 0 }

/** Reasons of one part that are told: a document may have a hundred thousand faults, and a report stays readable. */
const maxReasons = 20
/** Characters of a property, which may be the document's own word. */
const maxPropertyLength = 200

function limitPart(part: CheckPart): CheckPart {
  const reasons = limitReasons(part.reasons)
  return reasons === part.reasons ? part : { ...part, reasons }
}

function isShort(reasons: readonly CheckReason[]): boolean {
  if (reasons.length > maxReasons) return false
  for (const { property } of reasons) {
    if (property !== undefined && property.length > maxPropertyLength) return false
  }
  return true
}

function limitReasons(reasons: readonly CheckReason[]): readonly CheckReason[] {
  if (isShort(reasons)) return reasons
  return reasons.slice(0, maxReasons).map((reason) => ({
    ...reason,
    ...(reason.property !== undefined && {
      property: reason.property.slice(0, maxPropertyLength),
    }),
  }))
}

const rank: Readonly<Record<CheckStatus, number>> = { fail: 0, unknown: 1, neutral: 2, pass: 3 }

function toSentence(reasons: readonly CheckReason[]): string {
  let text = ''
  for (const { message, property } of reasons) {
    const sentence = property === undefined ? message : `${property}: ${message}`
    text = text === '' ? sentence : `${text} ${sentence}`
  }
  return text
}
