import { HubError, type MemberOutcome } from '../../schema/index.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import { type FieldFailure, fail } from './field-answer.js'
import { type MemberAnswer, MemberFault } from './member-answer.js'
import type { ScatterResult } from './scatter.js'

/** The outcome of a member that was asked. A failure in any field outweighs the fields that came. */
export function toOutcome(
  member: string,
  result: ScatterResult<MemberAnswer>,
  failure: FieldFailure | undefined,
  pruned: readonly string[],
): MemberOutcome {
  const { tookMs } = result
  if (result.kind !== 'answered') {
    const { code, reason } = toFieldFailure(member, result)
    if (code === 'SUBGRAPH_TIMEOUT') return { member, outcome: 'timeout', tookMs, code, reason }
    if (code === 'MEMBER_BUDGET_EXCEEDED') return { member, outcome: 'skipped', code, reason }
    if (code === 'SUBGRAPH_CIRCUIT_OPEN') return { member, outcome: 'open', code, reason }
    return { member, outcome: 'failed', tookMs, code, reason }
  }
  // The client's own mistake: the member did well to refuse it.
  if (failure !== undefined && failure.clientError === undefined) {
    return { member, outcome: 'failed', tookMs, code: failure.code, reason: failure.reason }
  }
  if (pruned.length > 0) return toUnknownFields(member, pruned, tookMs)
  const ageSeconds = result.value.staleAgeSeconds
  if (ageSeconds !== undefined) return { member, outcome: 'stale', tookMs, ageSeconds }
  return { member, outcome: 'ok', tookMs }
}

/** The outcome of a member that lacks fields it would be asked for; `tookMs` when it was asked for the rest. */
export function toUnknownFields(
  member: string,
  names: readonly string[],
  tookMs?: number,
): MemberOutcome {
  const code = 'FIELDS_UNKNOWN'
  const reason = `does not know ${names.join(', ')}`
  return { member, outcome: 'skipped', code, reason, ...(tookMs !== undefined && { tookMs }) }
}

/** The outcome of a member that the directory leaves out. */
export function toLeftOut({ member, verdict }: DirectoryEntry): MemberOutcome {
  return {
    member: member.slug,
    outcome: 'skipped',
    code: verdict.state === 'drifted' ? 'CONTRACT_DRIFT' : 'SUBGRAPH_UNREACHABLE',
    reason:
      verdict.state === 'drifted'
        ? `contradicts the contract: ${verdict.reason ?? ''}`
        : `left out until it answers again: ${verdict.reason ?? ''}`,
  }
}

/** Why a call brought nothing, for every field it was to answer. */
export function toFieldFailure(
  member: string,
  result: Exclude<ScatterResult<MemberAnswer>, { kind: 'answered' }>,
): FieldFailure {
  if (result.kind === 'timeout') {
    return fail(member, 'SUBGRAPH_TIMEOUT', `did not answer within ${Math.round(result.tookMs)} ms`)
  }
  if (result.error instanceof MemberFault) return result.error.failure
  if (result.error instanceof HubError) return fail(member, result.error.code, result.error.message)
  return fail(member, 'INTERNAL_SERVER_ERROR', 'could not be asked')
}
