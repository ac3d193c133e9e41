import type { DecimalText } from '../decimal.js'
import type { AwardCondition } from './award-condition.js'
import type { Distinction } from './requirement.js'

/**
 * What may not count together. An award counts whole or not at all, as ECTS credits are awarded in full; so a limit
 * decides which awards count, and never fails.
 *
 * Without being said: two awards of the same micro-credential or the same opportunity never count together.
 */
export type StackLimit =
  /** At most so many credits from any one member or jurisdiction. */
  | {
      readonly kind: 'MAX_FROM_ONE'
      readonly id: string
      readonly by: Distinction
      readonly ects: DecimalText
    }
  /** At most so many credits of the awards that meet all of `where`. */
  | {
      readonly kind: 'MAX_ECTS'
      readonly id: string
      readonly ects: DecimalText
      readonly where: readonly AwardCondition[]
    }
  /** The same as a percentage of a fixed size. */
  | {
      readonly kind: 'MAX_SHARE'
      readonly id: string
      readonly percent: DecimalText
      readonly ofEcts: DecimalText
      readonly where: readonly AwardCondition[]
    }
  /**
   * Two awards count together only when they share at most so many percent of the learning outcomes of the one with
   * fewer. Outcomes are the same when their English titles are.
   */
  | {
      readonly kind: 'MAX_OVERLAP'
      readonly id: string
      readonly percent: DecimalText
    }
