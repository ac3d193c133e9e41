/** Remembers what was seen for a while. */
export interface NonceMemory {
  /** Notes a nonce. `seen`: it was there already · `full`: there is no room, so nothing can be said. */
  note(nonce: string): 'new' | 'seen' | 'full'
}

export interface NonceMemoryOptions {
  /** How long a nonce is remembered at least, in ms; at most twice that. */
  readonly lifeMs: number
  /** Most nonces remembered. */
  readonly maximum: number
  /** Milliseconds of a steady clock. */
  readonly now: () => number
}

/**
 * Two generations that take turns: forgetting is dropping a set, with no timer and no walk over what is old.
 * It never forgets early to make room: that would be an invitation to flood it, then replay.
 */
export function createNonceMemory({ lifeMs, maximum, now }: NonceMemoryOptions): NonceMemory {
  let young = new Set<string>()
  let old = new Set<string>()
  let turnedAt = now()

  function turn(): void {
    const elapsedMs = now() - turnedAt
    if (elapsedMs < lifeMs) return
    old = elapsedMs < 2 * lifeMs ? young : new Set()
    young = new Set()
    turnedAt += elapsedMs
  }

  return {
    note(nonce) {
      turn()
      if (young.has(nonce) || old.has(nonce)) return 'seen'
      if (young.size + old.size >= maximum) return 'full'
      young.add(nonce)
      return 'new'
    },
  }
}
