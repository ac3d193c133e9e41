import type { MicroCredentialId } from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'

/** What can be asked of a single award. Conditions in a list all hold. */
export type AwardCondition =
  /** Level of the European Qualifications Framework; an award without a level does not meet it. */
  | { readonly kind: 'LEVEL'; readonly atLeast: number }
  /** ISCED-F codes: a code covers every longer one that starts with it. */
  | { readonly kind: 'FIELD'; readonly anyOf: readonly string[] }
  /** The category, spelt out. */
  | { readonly kind: 'MICRO_CREDENTIAL'; readonly anyOf: readonly MicroCredentialId[] }
  | { readonly kind: 'MEMBER'; readonly anyOf: readonly string[] }
  | { readonly kind: 'JURISDICTION'; readonly anyOf: readonly string[] }
  /** ESCO URIs, or English titles of skills or learning outcomes (case does not matter). */
  | { readonly kind: 'OUTCOME'; readonly anyOf: readonly string[] }
  | GradeCondition
  /** Awarded within so many months before the date of evaluation. */
  | { readonly kind: 'RECENCY'; readonly months: number }
  | { readonly kind: 'SUPERVISED'; readonly identityVerified: boolean }
  | { readonly kind: 'ACCREDITED' }
  | { readonly kind: 'CAPSTONE' }
  /** Size of the single award in ECTS, limits included; null: no limit on that side. */
  | {
      readonly kind: 'SIZE'
      readonly atLeast: DecimalText | null
      readonly atMost: DecimalText | null
    }
export type AwardConditionKind = AwardCondition['kind']

/**
 * A minimum grade, said for each scale on the scale itself: grades of two scales are never compared, as every conversion
 * is a suggestion only. A scale that is not named does not meet it.
 */
export interface GradeCondition {
  readonly kind: 'GRADE'
  readonly scales: readonly GradeThreshold[]
  /** Whether an award that was only passed, without a grade, meets it. */
  readonly acceptsPassed: boolean
}

/** `AT_LEAST`, `AT_MOST` (inverted scales) compare numbers; `ONE_OF` lists the grades that do. */
export type GradeThreshold =
  | {
      readonly kind: 'AT_LEAST' | 'AT_MOST'
      readonly scale: string
      readonly grade: DecimalText
    }
  | { readonly kind: 'ONE_OF'; readonly scale: string; readonly grades: readonly string[] }
