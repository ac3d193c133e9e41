import type { OpportunityId, PathwayId } from '../../../schema/index.js'
import { type DecimalText, sumDecimals } from './decimal.js'
import type { LocalisedText } from './localised-text.js'

/**
 * A way through opportunities of several members.
 * `OPEN`: steps in any order, choices free · `ELECTIVE`: some steps fixed, choices within others ·
 * `RIGID`: every step, in order. (European Training Foundation's three types.)
 */
export const pathwayTypes = ['OPEN', 'ELECTIVE', 'RIGID'] as const
export type PathwayType = (typeof pathwayTypes)[number]

export interface LearningPathway {
  readonly id: PathwayId
  readonly titles: LocalisedText
  readonly descriptions: LocalisedText
  readonly type: PathwayType
  readonly steps: readonly PathwayStep[]
  /** True while the alliance has published no rule of its own: the pathway shows what could be, and promises nothing. */
  readonly illustrative: boolean
  readonly synthetic: boolean
}

export interface PathwayStep {
  /** From 1. */
  readonly position: number
  readonly titles: LocalisedText
  readonly required: boolean
  /** How many of the opportunities a learner completes: all of them when it equals their number. */
  readonly chooseAtLeast: number
  /** Credits the step asks for at least, whatever the choice. */
  readonly ects: DecimalText
  readonly opportunityIds: readonly OpportunityId[]
}

/** Credits of the required steps together: what completing the pathway takes at least. */
export function totalEcts(pathway: Pick<LearningPathway, 'steps'>): DecimalText {
  return sumDecimals(pathway.steps.filter((step) => step.required).map((step) => step.ects))
}

/** Every opportunity of the pathway once, in the order of its steps. */
export function opportunitiesOf(pathway: Pick<LearningPathway, 'steps'>): readonly OpportunityId[] {
  return [...new Set(pathway.steps.flatMap((step) => step.opportunityIds))]
}
