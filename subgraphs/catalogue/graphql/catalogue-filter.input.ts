import { Field, InputType, Int } from 'type-graphql'
import type { CatalogueFilter, OrderField } from '../domain/catalogue-filter.js'
import type { DeliveryMode, OpportunityKind } from '../domain/catalogue-record.js'
import {
  CatalogueOrderField,
  LearningOpportunityKind,
  ModeOfDelivery,
  OrderDirection,
} from './enums.js'
import { DateScalar, DecimalScalar } from './scalars.js'

@InputType('DecimalRange', { description: 'A range of decimal numbers, both ends inclusive.' })
export class DecimalRangeInput {
  @Field(() => DecimalScalar, { nullable: true, description: 'Smallest value; null for no limit.' })
  minimum?: string | null

  @Field(() => DecimalScalar, { nullable: true, description: 'Largest value; null for no limit.' })
  maximum?: string | null
}

@InputType('DateRange', {
  description: 'Both ends inclusive; a run counts when its start date lies in the range.',
})
export class DateRangeInput {
  @Field(() => DateScalar, { nullable: true, description: 'First day; null for no limit.' })
  from?: string | null

  @Field(() => DateScalar, { nullable: true, description: 'Last day; null for no limit.' })
  to?: string | null
}

@InputType('CatalogueFilter', {
  description:
    'What to narrow the catalogue by; all conditions hold together, an absent or empty one holds for everything. Conditions on runs (startDate, openForApplication) hold for an opportunity when one of its runs meets all of them, and then also its languages and modes.',
})
export class CatalogueFilterInput implements CatalogueFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words to search titles, descriptions, outcomes, topics and codes for, in the member’s languages and English, accents ignored. Understands "phrases", `or` and -exclusions. At most 200 characters.',
  })
  text?: string | null

  @Field(() => [String], { nullable: true, description: 'Slugs of institutions.' })
  institutions?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Codes of jurisdictions.' })
  jurisdictions?: string[] | null

  @Field(() => [LearningOpportunityKind], {
    nullable: true,
    description: 'Kinds of opportunities.',
  })
  kinds?: OpportunityKind[] | null

  @Field(() => DecimalRangeInput, {
    nullable: true,
    description: 'Range of ECTS credits; leaves out what has none.',
  })
  ects?: DecimalRangeInput | null

  @Field(() => [Int], { nullable: true, description: 'Levels of the EQF.' })
  eqfLevels?: number[] | null

  @Field(() => [String], {
    nullable: true,
    description: 'ISCED-F codes of 2 to 4 digits; a code matches itself and everything below it.',
  })
  iscedF?: string[] | null

  @Field(() => [String], { nullable: true, description: 'BCP 47 languages of teaching.' })
  languages?: string[] | null

  @Field(() => [ModeOfDelivery], { nullable: true, description: 'Modes of delivery.' })
  modes?: DeliveryMode[] | null

  @Field(() => DateRangeInput, { nullable: true, description: 'Range of start dates.' })
  startDate?: DateRangeInput | null

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: only runs one can apply for now (active, not ended, within the application window). False: only the others.',
  })
  openForApplication?: boolean | null
}

@InputType('CatalogueOrder', { description: 'The order of a list.' })
export class CatalogueOrderInput {
  @Field(() => CatalogueOrderField, { description: 'What to order by.' })
  field!: OrderField

  @Field(() => OrderDirection, {
    nullable: true,
    description: 'Default ASC; RELEVANCE is always best first.',
  })
  direction?: 'ASC' | 'DESC' | null
}
