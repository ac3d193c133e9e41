import type { MicroCredentialId } from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'
import type { LocalisedText } from '../localised-text.js'
import type { AwardCondition } from './award-condition.js'

/**
 * One thing the counting awards must amount to.
 *
 * `use` says whether an award that serves this requirement may serve another `SINGLE` one: of all `SINGLE` requirements
 * of a rule an award serves at most one, and evaluation finds which. `SHARED` requirements look at all counting awards.
 */
export type Requirement =
  | MinimumEcts
  | MinimumShare
  | MinimumAwards
  | AllOf
  | Choose
  | Residency
  | Outcomes
  | Distinct
  | Sequence
export type RequirementKind = Requirement['kind']

export const requirementUses = ['SHARED', 'SINGLE'] as const

interface Named {
  /** Key within the rule; kept from version to version for the same requirement, so that changes can be told. */
  readonly id: string
  /** Null: the sentence made from the rule will do. */
  readonly titles: LocalisedText | null
}

interface Countable extends Named {
  readonly use: (typeof requirementUses)[number]
}

/** Credits of the awards that meet all of `where`; with an empty `where` of all that count. */
export interface MinimumEcts extends Countable {
  readonly kind: 'MIN_ECTS'
  readonly ects: DecimalText
  readonly where: readonly AwardCondition[]
}

/** The same as a percentage of a fixed size: 75 % of 30 credits ask for 22.5. */
export interface MinimumShare extends Countable {
  readonly kind: 'MIN_SHARE'
  readonly percent: DecimalText
  readonly ofEcts: DecimalText
  readonly where: readonly AwardCondition[]
}

/** So many awards, e.g. one capstone challenge; those without credits count. */
export interface MinimumAwards extends Countable {
  readonly kind: 'MIN_AWARDS'
  readonly count: number
  readonly where: readonly AwardCondition[]
}

export interface AllOf extends Countable {
  readonly kind: 'ALL_OF'
  readonly microCredentialIds: readonly MicroCredentialId[]
}

/** `count` different ones of the list. */
export interface Choose extends Countable {
  readonly kind: 'CHOOSE'
  readonly count: number
  readonly from: readonly MicroCredentialId[]
}

/** Credits awarded by the institution that awards the whole. */
export interface Residency extends Countable {
  readonly kind: 'RESIDENCY'
  readonly member: string
  readonly ects: DecimalText
}

/** Every one of these: ESCO URIs, or English titles of skills or learning outcomes (case does not matter). */
export interface Outcomes extends Named {
  readonly kind: 'OUTCOMES'
  readonly allOf: readonly string[]
}

export const distinctions = ['MEMBER', 'JURISDICTION'] as const
export type Distinction = (typeof distinctions)[number]

/** Awards that meet `where` come from so many different members or jurisdictions. */
export interface Distinct extends Named {
  readonly kind: 'DISTINCT'
  readonly by: Distinction
  readonly count: number
  readonly where: readonly AwardCondition[]
}

/** One award of each step, none awarded before that of the step ahead of it. No micro-credential is in two steps. */
export interface Sequence extends Named {
  readonly kind: 'SEQUENCE'
  readonly steps: readonly (readonly MicroCredentialId[])[]
}
