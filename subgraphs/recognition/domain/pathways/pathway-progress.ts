import type { AwardId, OfferingId, OpportunityId } from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'
import type { StackableAward } from '../stacking/stack-evaluation.js'
import type { Offer } from './offer.js'

/** Where a learner is on a pathway. */
export interface PathwayProgress {
  readonly steps: readonly StepProgress[]
  readonly isComplete: boolean
  /** Positions of steps that can be taken now. */
  readonly nextSteps: readonly number[]
  /** Credits of the awards used. */
  readonly ectsEarned: DecimalText
  /** Credits of all required steps. */
  readonly ectsTotal: DecimalText
  /** What is left of the required steps, and the whole way. */
  readonly remaining: Effort
  readonly total: Effort
}

/** `LOCKED`: something has to come first. */
export const stepStates = ['DONE', 'OPEN', 'LOCKED'] as const

export interface StepProgress {
  readonly position: number
  readonly required: boolean
  readonly state: (typeof stepStates)[number]
  /** Positions of the steps that have to come first. */
  readonly waitsFor: readonly number[]
  readonly completed: readonly {
    readonly opportunityId: OpportunityId
    readonly awardId: AwardId
  }[]
  /** How many more opportunities it takes. */
  readonly missing: number
  readonly alternatives: readonly Alternative[]
}

export interface Alternative {
  readonly opportunityId: OpportunityId
  /** Opportunities that have to be completed first. */
  readonly prerequisites: readonly OpportunityId[]
  /** Runs one can apply for now, first to start first. */
  readonly openOfferings: readonly OfferingId[]
}

export interface PathwayFacts {
  readonly awards: readonly Pick<
    StackableAward,
    'id' | 'opportunityId' | 'awardedOn' | 'ects' | 'status'
  >[]
  readonly offers: readonly Offer[]
  /** What has to be completed before an opportunity, whatever the pathway. */
  readonly prerequisites: ReadonlyMap<OpportunityId, readonly OpportunityId[]>
  /** Hours by credits and jurisdiction, for opportunities whose member states none. */
  readonly notionalHours: ReadonlyMap<OpportunityId, HourRange>
  readonly date: string
}

/** Hours of work, at least and at most; whole hours. */
export interface HourRange {
  readonly minimum: number
  readonly maximum: number
}

/** What required steps take, at least and at most, by the choices there are. */
export interface Effort {
  /** Null when an opportunity's workload is not known. */
  readonly hours: HourRange | null
  /** One entry per currency, in its order; opportunities in several currencies are never added up. */
  readonly costs: readonly {
    readonly currency: string
    readonly minimum: DecimalText
    readonly maximum: DecimalText
  }[]
  /** True when a choice has no known price: the costs are then of the others alone. */
  readonly isCostPartial: boolean
}
