import { Field, Float, Int, ObjectType } from 'type-graphql'
import type { PublishedCell, SuppressionReason } from '../domain/published-cell.js'
import type { PublishedQuartiles } from '../publication/publish-quartiles.js'
import { SuppressionReasonEnum } from './statistics-enums.js'

/** See the domain's `PublishedCell`. */
@ObjectType('StatisticsCell', {
  description: 'One published figure: a value, or the reason why there is none.',
})
export class StatisticsCellType {
  @Field(() => Float, { nullable: true, description: 'The figure; null exactly when suppressed.' })
  readonly value!: number | null

  @Field(() => SuppressionReasonEnum, {
    nullable: true,
    description: 'Why there is no value; null exactly when there is one.',
  })
  readonly suppressed!: SuppressionReason | null

  @Field(() => Float, {
    nullable: true,
    description: 'The figure of the period compared with; null without one, or when hidden.',
  })
  readonly previous!: number | null

  @Field(() => Float, {
    nullable: true,
    description:
      'Value less previous, both as published; null when either is missing. Small changes are rounding.',
  })
  readonly change!: number | null
}

/** See the domain's `Quartiles`. */
@ObjectType('StatisticsQuartiles', {
  description: 'Quartiles of a duration in completed weeks, or the reason why there are none.',
})
export class StatisticsQuartilesType {
  @Field(() => Int, { nullable: true, description: 'A quarter took no longer.' })
  readonly lower!: number | null

  @Field(() => Int, { nullable: true, description: 'Half took no longer.' })
  readonly median!: number | null

  @Field(() => Int, { nullable: true, description: 'Three quarters took no longer.' })
  readonly upper!: number | null

  @Field(() => SuppressionReasonEnum, { nullable: true, description: 'Why there are none.' })
  readonly suppressed!: SuppressionReason | null

  @Field(() => Int, {
    nullable: true,
    description: 'Median of the period compared with; null without one, or when hidden.',
  })
  readonly previousMedian!: number | null
}

/** A cell beside that of the period compared with. */
export function toCell(cell: PublishedCell, before: PublishedCell | null): StatisticsCellType {
  const value = cell.kind === 'value' ? cell.value : null
  const previous = before?.kind === 'value' ? before.value : null
  return {
    value,
    suppressed: cell.kind === 'suppressed' ? cell.reason : null,
    previous,
    change: value === null || previous === null ? null : value - previous,
  }
}

/** Quartiles beside those of the period compared with. */
export function toQuartiles(
  own: PublishedQuartiles,
  before: PublishedQuartiles | null,
): StatisticsQuartilesType {
  const { lower, median, upper } =
    own.kind === 'value' ? own.quartiles : { lower: null, median: null, upper: null }
  return {
    lower,
    median,
    upper,
    suppressed: own.kind === 'suppressed' ? own.reason : null,
    previousMedian: before?.kind === 'value' ? before.quartiles.median : null,
  }
}
