import type { MemberOutcome } from '../../schema/index.js'
import type { OutcomeLog } from './request-context.js'

/** From best to worst; the worst of a member's outcomes is the one clients must know. */
const severity: readonly MemberOutcome['outcome'][] = [
  'ok',
  'stale',
  'skipped',
  'open',
  'timeout',
  'failed',
]

/** Creates an empty log for one request. Of equally bad outcomes the first stays; `tookMs` is the longest seen. */
export function createOutcomeLog(): OutcomeLog {
  const byMember = new Map<string, MemberOutcome>()
  return {
    record(outcome) {
      const known = byMember.get(outcome.member)
      if (known === undefined) {
        byMember.set(outcome.member, outcome)
        return
      }
      const isWorse = severity.indexOf(outcome.outcome) > severity.indexOf(known.outcome)
      const worst = isWorse ? outcome : known
      const tookMs = longest(known.tookMs, outcome.tookMs)
      byMember.set(outcome.member, { ...worst, ...(tookMs !== undefined && { tookMs }) })
    },
    list: () => [...byMember.values()].sort((a, b) => (a.member < b.member ? -1 : 1)),
  }
}

function longest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.max(a, b)
}
