import { readBit, statusListLength } from '../status/bitstring.js'
import type { SealFinding } from './check-seal.js'
import type { CredentialFacts, StatusClaim } from './credential-facts.js'
import { type Check, type CheckPart, combineParts, toCheck } from './report.js'
import type { StatusListReader, StatusListResult } from './status-list-reader.js'

const maxEntries = 4

/**
 * What took the place of a credential of ours, by its own id: the successor's, or null while there is none yet. Null
 * instead of an answer when nothing superseded it, or when it is not ours to know.
 */
export type FindSuccessor = (
  credentialId: string,
) => Promise<{ readonly successor: string | null } | null>

/**
 * Checks every status entry of a credential: one look at one bit each, however many credentials a list holds.
 *
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm
 */
export async function checkRevocation(
  facts: CredentialFacts,
  seal: SealFinding,
  lists: StatusListReader,
  findSuccessor: FindSuccessor | null,
): Promise<Check> {
  if (facts.statuses.length === 0) {
    const message = 'It refers to no list of statuses: whether it was revoked, its issuer must say.'
    return toCheck('REVOCATION', 'neutral', [{ code: 'NO_STATUS', message }])
  }
  if (facts.statuses.length > maxEntries) {
    const message = `It refers to more than ${maxEntries} statuses.`
    return toCheck('REVOCATION', 'unknown', [{ code: 'TOO_MANY_STATUSES', message }])
  }
  if (!seal.isIntact) {
    // Whoever made up the document would choose which of our lists is read, and which bit.
    const message = 'Without an intact seal the entry it refers to may be anybody’s.'
    return toCheck('REVOCATION', 'unknown', [{ code: 'SEAL_UNPROVEN', message }])
  }
  const parts: CheckPart[] = []
  for (const status of facts.statuses) {
    const found = isReadable(status) ? lists.read(status.list) : null
    parts.push(judgeEntry(status, seal, found instanceof Promise ? await found : found))
  }
  const isRevoked = parts.some(({ reasons }) => reasons.some(({ code }) => code === 'REVOKED'))
  // Only of a document that whoever superseded it has sealed: an id alone anybody can write.
  if (isRevoked && seal.sealer !== null && findSuccessor !== null && facts.id !== null) {
    parts.push(...toSuccessorPart(await findSuccessor(facts.id)))
  }
  return combineParts('REVOCATION', parts)
}

/** It failed before: who reads why also learns where to go on. */
function toSuccessorPart(found: Awaited<ReturnType<FindSuccessor>>): readonly CheckPart[] {
  if (found === null) return []
  const message =
    found.successor === null
      ? 'The award was corrected; what takes the place of this credential is not issued yet.'
      : `It was superseded; ${found.successor} takes its place.`
  return [{ name: 'SUCCESSOR', status: 'neutral', reasons: [{ code: 'SUPERSEDED', message }] }]
}

const bitstringEntry = 'BitstringStatusListEntry'
const place = /^\d{1,9}$/

function isReadable({ type, index }: StatusClaim): boolean {
  return type === bitstringEntry && place.test(index)
}

/** @param result - The list an entry refers to; null when the entry is none that could be read. */
function judgeEntry(
  { type, purpose, index: indexText }: StatusClaim,
  seal: SealFinding,
  result: StatusListResult | null,
): CheckPart {
  const part = (status: CheckPart['status'], code: string, message: string): CheckPart => ({
    name: purpose.toUpperCase().slice(0, 40),
    status,
    reasons: [{ code, message }],
  })
  if (type !== bitstringEntry) {
    return part('unknown', 'STATUS_TYPE_UNSUPPORTED', 'Its kind of status is not known here.')
  }
  if (result === null) {
    return part('fail', 'STATUS_ENTRY_INVALID', 'The place in the list is no number.')
  }
  if (!result.ok) return part('unknown', result.code, result.message)
  const { bits, purposes, issuer } = result.list
  if (seal.sealer !== null && seal.sealer !== issuer) {
    return part('fail', 'STATUS_VERIFICATION_ERROR', 'The list of statuses is another issuer’s.')
  }
  if (!purposes.includes(purpose)) {
    return part('fail', 'STATUS_VERIFICATION_ERROR', 'The list of statuses is for another purpose.')
  }
  if (bits.length * 8 < statusListLength) {
    return part('unknown', 'STATUS_LIST_LENGTH_ERROR', 'The list is too short to hide anybody.')
  }
  const index = Number(indexText)
  if (index >= bits.length * 8) {
    return part('fail', 'RANGE_ERROR', 'Its place lies outside of the list.')
  }
  const isSet = readBit(bits, index)
  switch (purpose) {
    case 'revocation':
      return isSet
        ? part('fail', 'REVOKED', 'The issuer has revoked it.')
        : part('pass', 'NOT_REVOKED', 'It is not revoked.')
    case 'suspension':
      return isSet
        ? part('fail', 'SUSPENDED', 'The issuer has suspended it.')
        : part('pass', 'NOT_SUSPENDED', 'It is not suspended.')
    default:
      return part(
        'neutral',
        'STATUS_NOT_JUDGED',
        'It has a status that does not touch its validity.',
      )
  }
}
