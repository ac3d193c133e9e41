import type { InstitutionId, OfferingId, OpportunityId } from '../../../schema/index.js'
import type { LocalisedText, OfferingRecord, OpportunityRecord } from './catalogue-record.js'

/** The member itself as the catalogue shows it. */
export interface Institution {
  readonly id: InstitutionId
  readonly slug: string
  readonly names: LocalisedText
  readonly countryCode: string
  readonly jurisdictionCode: string
  readonly city: string | null
  readonly languages: readonly string[]
  readonly homepage: string | null
}

/** An opportunity as readers get it: the record with hub ids, without its runs (those are paged). */
export interface Opportunity extends Omit<OpportunityRecord, 'localId' | 'partOf' | 'offerings'> {
  readonly id: OpportunityId
  /** Hub ids; one of them may name an opportunity that is not in the catalogue. */
  readonly partOf: readonly OpportunityId[]
}

/** A run as readers get it: title, mode and languages are the opportunity's where the run has none of its own. */
export interface Offering extends Omit<OfferingRecord, 'localId'> {
  readonly id: OfferingId
  readonly opportunityId: OpportunityId
  readonly synthetic: boolean
}
