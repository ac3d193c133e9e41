/**
 * What a breaker remembers between calls.
 * `closed` lets everything through · `open` lets nothing through before `until` · `probing` waits for one call.
 */
export type BreakerState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'probing'; readonly since: number }

export interface BreakerRules {
  /** Failures in a row that open the breaker. */
  readonly failureThreshold: number
  /** How long it stays open before one call may probe, in ms; also how long a probe may stay unanswered. */
  readonly openMs: number
}

export const defaultBreakerRules: BreakerRules = { failureThreshold: 5, openMs: 2_000 }

export const closedBreaker: BreakerState = { kind: 'closed', failures: 0 }

/** Whether a call may go out now, and the state after that decision. An open breaker whose time is up admits one. */
export function admitCall(
  state: BreakerState,
  now: number,
  rules: BreakerRules,
): { readonly isAdmitted: boolean; readonly state: BreakerState } {
  switch (state.kind) {
    case 'closed':
      return { isAdmitted: true, state }
    case 'open':
      if (now < state.until) return { isAdmitted: false, state }
      return { isAdmitted: true, state: { kind: 'probing', since: now } }
    case 'probing':
      // A probe that reports neither way must not keep the breaker from ever closing again.
      if (now - state.since < rules.openMs) return { isAdmitted: false, state }
      return { isAdmitted: true, state: { kind: 'probing', since: now } }
  }
}

/** The state after a call failed. A failure that arrives while open changes nothing: its call is from before. */
export function afterFailure(state: BreakerState, now: number, rules: BreakerRules): BreakerState {
  switch (state.kind) {
    case 'closed': {
      const failures = state.failures + 1
      if (failures < rules.failureThreshold) return { kind: 'closed', failures }
      return { kind: 'open', until: now + rules.openMs }
    }
    case 'open':
      return state
    case 'probing':
      return { kind: 'open', until: now + rules.openMs }
  }
}

/** The state after the caller of a probe went away: it told nothing, so the next call may probe at once. */
export function afterAbandonedProbe(state: BreakerState, now: number): BreakerState {
  return state.kind === 'probing' ? { kind: 'open', until: now } : state
}

/** The state after a call succeeded: any success is proof enough. */
export function afterSuccess(): BreakerState {
  return closedBreaker
}

/**
 * The state after a contract check succeeded: the next call may probe at once. Not closed, because a member can
 * publish its schema and still hang on every query.
 */
export function afterCheck(state: BreakerState, now: number): BreakerState {
  return state.kind === 'open' && state.until > now ? { kind: 'open', until: now } : state
}
