import { toGlobalId } from '../../../schema/index.js'
import type { OfferingRecord, OpportunityRecord } from '../domain/catalogue-record.js'
import type { Offering, Opportunity } from '../domain/catalogue-view.js'
import { buildSearchParts } from './search-document.js'
import { listSearchConfigurations } from './search-language.js'
import { findEarliestStart, toSortColumns } from './sort-columns.js'

/** The member a record belongs to, as far as its rows depend on it. */
export interface RowOwner {
  readonly slug: string
  readonly languages: readonly string[]
}

/** The row of an opportunity. */
export function toOpportunityRow(record: OpportunityRecord, digest: string, owner: RowOwner) {
  const opportunity = toOpportunity(record, owner)
  const offerings = record.offerings.map((offering) => toOffering(offering, record, owner))
  return {
    id: opportunity.id,
    localId: record.localId,
    digest,
    kind: record.kind,
    ...toSortColumns(
      { ...record, startDate: findEarliestStart(record.offerings) },
      owner.languages,
    ),
    eqfLevel: record.eqfLevel,
    iscedF: [...record.iscedF],
    languages: [...new Set([record, ...offerings].flatMap(({ languages }) => languages))],
    modes: [...new Set([record, ...offerings].flatMap(({ mode }) => mode ?? []))],
    partOf: [...opportunity.partOf],
    search: buildSearchParts(record, listSearchConfigurations(owner.languages)),
    record: opportunity,
  }
}

/** The row of one of an opportunity's runs; whatever filters and orders need of the opportunity is repeated in it. */
export function toOfferingRow(record: OfferingRecord, parent: OpportunityRecord, owner: RowOwner) {
  const offering = toOffering(record, parent, owner)
  return {
    id: offering.id,
    opportunityId: offering.opportunityId,
    kind: parent.kind,
    ...toSortColumns({ ...offering, ects: parent.ects }, owner.languages),
    eqfLevel: parent.eqfLevel,
    iscedF: [...parent.iscedF],
    languages: [...offering.languages],
    modes: offering.mode === null ? [] : [offering.mode],
    state: record.state,
    endDay: record.endDate,
    hasWindow: record.application !== null,
    opensAt: record.application?.opensAt ?? null,
    closesAt: record.application?.closesAt ?? null,
    search: buildSearchParts(parent, listSearchConfigurations(owner.languages), record),
    record: offering,
  }
}

function toOpportunity(record: OpportunityRecord, { slug }: RowOwner): Opportunity {
  const { localId, partOf, offerings: _runs, ...content } = record
  return {
    ...content,
    id: toGlobalId(slug, 'opportunity', localId),
    partOf: partOf.map((parent) => toGlobalId(slug, 'opportunity', parent)),
  }
}

function toOffering(record: OfferingRecord, parent: OpportunityRecord, owner: RowOwner): Offering {
  const { localId, ...content } = record
  return {
    ...content,
    id: toGlobalId(owner.slug, 'offering', localId),
    opportunityId: toGlobalId(owner.slug, 'opportunity', parent.localId),
    title: Object.keys(record.title).length > 0 ? record.title : parent.title,
    mode: record.mode ?? parent.mode,
    languages: record.languages.length > 0 ? record.languages : parent.languages,
    synthetic: parent.synthetic,
  }
}
