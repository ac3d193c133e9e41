/** What the kit must know of a member besides its entry in the register. Plain data, no behaviour. */
export interface MemberProfile {
  readonly slug: string
  /** BCP 47; the first is the language titles fall back to after English. */
  readonly languages: readonly string[]
  /** How the member counts study load, and what one unit is in ECTS as an exact decimal. */
  readonly creditUnit: { readonly name: string; readonly ectsPerUnit: string }
  /** Name of the grading scale as the member prints it, e.g. `1–10, pass 5.5`. */
  readonly gradingScale: string
  /** Time zone of dates without one, e.g. `Europe/Dublin`. */
  readonly timeZone: string
  /** ISO 4217 code prices are in unless a record says otherwise. */
  readonly currency: string
  /** The member's word for its kinds and terms of the year, for people reading reports. */
  readonly terms: readonly string[]
}
