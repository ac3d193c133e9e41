/**
 * How sure we are of a fact.
 * `SOURCED`: read in the source named. `UNVERIFIED`: general knowledge or an unclear source, open to correction by
 * the member; no hard rule may rest on it.
 */
export const confidences = ['SOURCED', 'UNVERIFIED'] as const
export type Confidence = (typeof confidences)[number]

/** Where a fact comes from. */
export interface Provenance {
  /** A publication, page or office, so that somebody else can look it up. */
  readonly source: string
  readonly confidence: Confidence
}

/** Something stated about a jurisdiction, with where it comes from. */
export type Fact<Content> = Content & Provenance
