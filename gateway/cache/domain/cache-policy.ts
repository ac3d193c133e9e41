import type { MemberPolicy } from '../../../schema/index.js'
import type { AnswerFreshness } from './cache-control.js'

/** What the schema says about one field of an answer, everything selected below it included. */
export interface ContractRule {
  /** Longest that the contract lets it be kept, in seconds; 0 for never. */
  readonly maxAgeSeconds: number
  /** Private by `@cacheControl(scope: PRIVATE)` or because it is behind an authorisation directive. */
  readonly isPrivate: boolean
}

/** Whose data it is: decides the rules and the place. The data owner's, never the caller's. */
export interface DataOwner {
  readonly member: string
  readonly jurisdiction: string
  readonly policy: MemberPolicy
}

/** Why something is not kept. */
export type NotKeptReason =
  | 'RESIDENCY_NONE'
  | 'PRIVATE'
  | 'CONTRACT_MAX_AGE_ZERO'
  | 'SUBGRAPH_MAX_AGE_ZERO'
  | 'JURISDICTION_MAX_AGE_ZERO'

/** How long an entry lives, in seconds. */
export interface Lifetime {
  readonly freshSeconds: number
  /** After that, how long it is served at once while it is fetched again. */
  readonly staleWhileRevalidateSeconds: number
  /** After it was fresh, how long it stands in for a member that fails. */
  readonly staleIfErrorSeconds: number
}

export type KeepDecision =
  | ({ readonly kind: 'keep' } & Lifetime)
  | { readonly kind: 'pass'; readonly reason: NotKeptReason }

/** Whether answers of this kind are kept at all: known before anything is fetched. */
export function mayKeep({ policy }: DataOwner, rule: ContractRule): NotKeptReason | undefined {
  if (policy.residency === 'none') return 'RESIDENCY_NONE'
  if (rule.isPrivate) return 'PRIVATE'
  if (rule.maxAgeSeconds <= 0) return 'CONTRACT_MAX_AGE_ZERO'
  if (policy.maxTtlSeconds <= 0) return 'JURISDICTION_MAX_AGE_ZERO'
  return undefined
}

/**
 * How long one answer is kept: the least of what the subgraph's headers, the contract and the jurisdiction allow.
 *
 * @param freshness - What the subgraph's headers said; undefined when they said nothing.
 * @param isMissing - The answer is "there is no such thing": the jurisdiction's negative TTL is a further limit, and it
 * is never served stale.
 */
export function decideKeeping(
  owner: DataOwner,
  rule: ContractRule,
  freshness: AnswerFreshness | undefined,
  isMissing: boolean,
): KeepDecision {
  const reason = mayKeep(owner, rule)
  if (reason !== undefined) return { kind: 'pass', reason }
  const { policy } = owner
  const freshSeconds = Math.min(
    freshness?.maxAgeSeconds ?? Number.POSITIVE_INFINITY,
    rule.maxAgeSeconds,
    policy.maxTtlSeconds,
    isMissing ? policy.negativeTtlSeconds : Number.POSITIVE_INFINITY,
  )
  if (freshSeconds <= 0) return { kind: 'pass', reason: 'SUBGRAPH_MAX_AGE_ZERO' }
  return {
    kind: 'keep',
    freshSeconds,
    staleWhileRevalidateSeconds: isMissing ? 0 : policy.staleWhileRevalidateSeconds,
    staleIfErrorSeconds: isMissing ? 0 : policy.staleIfErrorSeconds,
  }
}
