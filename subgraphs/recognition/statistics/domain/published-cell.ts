/** Why a figure is not given. Each follows from published counts alone, so that hiding tells nothing either. */
export const suppressionReasons = [
  'FEW_PERSONS',
  'DOMINANCE',
  'SECONDARY',
  'NOT_IN_THIS_POLICY',
] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** One published figure: a value, or the reason why there is none. */
export type PublishedCell =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'suppressed'; readonly reason: SuppressionReason }

/** A figure that is shown. */
export function shown(value: number): PublishedCell {
  return { kind: 'value', value }
}

/** A figure that is hidden. */
export function hidden(reason: SuppressionReason): PublishedCell {
  return { kind: 'suppressed', reason }
}

/** What units of one population add up to in one cell: exact, and never shown. */
export interface ExactCell {
  readonly persons: number
  readonly units: number
  /** Units with at most three of each person. */
  readonly boundedUnits: number
  /** Thousandths of ECTS, with a bound for each person. */
  readonly boundedEcts: number
  /** Thousandths of ECTS without bound, and the sum over persons of its square. */
  readonly ects: number
  readonly squaredEcts: number
}

/** A cell nobody is in. It is published exactly as a cell of one or two. */
export const emptyCell: ExactCell = Object.freeze({
  persons: 0,
  units: 0,
  boundedUnits: 0,
  boundedEcts: 0,
  ects: 0,
  squaredEcts: 0,
})
