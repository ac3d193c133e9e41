/** What the process of the simulated members is told. */
export type MemberOrder =
  | {
      readonly kind: 'behave'
      readonly delayMs: number
      readonly spreadMs: number
      readonly hanging: readonly string[]
    }
  /** Asks for how long the slowest member had every page, by the page's tag, and forgets it. */
  | { readonly kind: 'slowest' }

/** What it says first. */
export interface MembersHello {
  /** URLs by slug, in the order of the register. */
  readonly urls: readonly (readonly [slug: string, url: string])[]
}

export interface SlowestReply {
  readonly slowest: ReadonlyMap<string, number>
}
