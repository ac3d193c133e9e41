import type { DayText, DecimalText, DeliveryMode, OpportunityKind } from './catalogue-record.js'

/** What a client narrows the catalogue by. Null and an empty list both mean "no restriction". */
export interface CatalogueFilter {
  readonly text?: string | null
  readonly institutions?: readonly string[] | null
  readonly jurisdictions?: readonly string[] | null
  readonly kinds?: readonly OpportunityKind[] | null
  readonly ects?: {
    readonly minimum?: DecimalText | null
    readonly maximum?: DecimalText | null
  } | null
  readonly eqfLevels?: readonly number[] | null
  /** Codes of 2–4 digits; a code matches itself and everything below it. */
  readonly iscedF?: readonly string[] | null
  readonly languages?: readonly string[] | null
  readonly modes?: readonly DeliveryMode[] | null
  /** Both ends inclusive. Runs without a start date are never in a range. */
  readonly startDate?: { readonly from?: DayText | null; readonly to?: DayText | null } | null
  readonly openForApplication?: boolean | null
}

export type OrderField = 'RELEVANCE' | 'START_DATE' | 'TITLE' | 'ECTS'

export type FacetSubject = 'COURSE_OFFERINGS' | 'LEARNING_OPPORTUNITIES'

/** One value of a facet and how many of the matching things have it. */
export interface FacetCount {
  readonly value: string
  readonly count: number
}

/** Counts per value over everything that matches a filter, largest first. */
export interface CatalogueFacets {
  readonly totalCount: number
  readonly institutions: readonly FacetCount[]
  readonly jurisdictions: readonly FacetCount[]
  readonly kinds: readonly FacetCount[]
  readonly ects: readonly FacetCount[]
  readonly eqfLevels: readonly FacetCount[]
  readonly iscedF: readonly FacetCount[]
  readonly languages: readonly FacetCount[]
  readonly modes: readonly FacetCount[]
}
