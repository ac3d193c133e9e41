import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../graphql/request-context.js'
import { type Dimension, sortDimensions } from '../domain/dimension.js'
import { measures } from '../domain/measure.js'
import { shown } from '../domain/published-cell.js'
import { readPeriod } from '../publication/check-request.js'
import type { PublicationContext } from '../publication/publish-breakdown.js'
import {
  type MobilityCell,
  type MobilityMeasure,
  publishMobility,
} from '../publication/publish-mobility.js'
import { publishSurvival, type SurvivalCurve } from '../publication/publish-survival.js'
import { CohortSurvivalType } from './cohort-survival.type.js'
import { MeasureType } from './measure.type.js'
import { type MobilityCellType, MobilityMatrixType } from './mobility-matrix.type.js'
import { toPolicy } from './pathway-statistics.type.js'
import { toGroup } from './publish-section.js'
import { toCell } from './statistics-cell.type.js'
import { MobilityMeasureEnum, StatisticsDimensionEnum } from './statistics-enums.js'
import { StatisticsFilterInput, toCodeFilter } from './statistics-filter.input.js'
import { toInstitution } from './statistics-group.resolver.js'
import { toRelease } from './statistics-release.type.js'

/** Questions beside `pathwayStatistics`. */
@Resolver()
export class StatisticsResolver {
  @Query(() => [MeasureType], {
    description: 'The definition of every measure, by section and field of `pathwayStatistics`.',
  })
  measures(): readonly MeasureType[] {
    return measures
  }

  @Query(() => MobilityMatrixType, {
    description: 'Home institution × awarding institution, for analysts; for everybody by year.',
  })
  async mobilityMatrix(
    @Ctx() { statistics, principal }: RequestContext,
    @Arg('period', () => String, { description: 'A period that is over, e.g. `2025-A1`.' })
    period: string,
    @Arg('measure', () => MobilityMeasureEnum, {
      defaultValue: 'LEARNERS',
      description: 'What to count.',
    })
    measure: MobilityMeasure,
  ): Promise<MobilityMatrixType> {
    const context = await statistics.open(principal)
    const own = readPeriod(period)
    const matrix = await publishMobility(context, own, measure)
    return {
      period: own,
      policy: toPolicy(context.publication.policy),
      release: toRelease(matrix.release),
      cells: matrix.cells.map(toMobilityCell),
      homeTotals: matrix.homeTotals.map(toMobilityCell),
      awardingTotals: matrix.awardingTotals.map(toMobilityCell),
    }
  }

  @Query(() => [CohortSurvivalType], {
    description: 'How long learners who enrolled in a period stay, by PATHWAY, HOME_MEMBER.',
  })
  async cohortSurvival(
    @Ctx() { statistics, principal }: RequestContext,
    @Arg('period', () => String, { description: 'A period that is over, e.g. `2025-A1`.' })
    period: string,
    @Arg('groupBy', () => [StatisticsDimensionEnum], {
      nullable: true,
      description: 'Dimensions to break the cohort down by.',
    })
    groupBy: Dimension[] | null,
    @Arg('filter', () => StatisticsFilterInput, { nullable: true, description: 'Which cohorts.' })
    filter?: StatisticsFilterInput | null,
  ): Promise<readonly CohortSurvivalType[]> {
    const context = await statistics.open(principal)
    const request = {
      groupBy: groupBy ?? [],
      filter: toCodeFilter(filter),
      period: readPeriod(period),
    }
    const curves = await publishSurvival(context, request)
    return curves.map((curve) => toSurvival(context, curve))
  }
}

function toMobilityCell({ home, awarding, cell }: MobilityCell): MobilityCellType {
  return {
    home,
    awarding,
    homeInstitution: toInstitution(home),
    awardingInstitution: toInstitution(awarding),
    cell: toCell(cell, null),
  }
}

function toSurvival({ codes }: PublicationContext, curve: SurvivalCurve): CohortSurvivalType {
  const view = sortDimensions(Object.keys(curve.codes) as Dimension[])
  return {
    group: toGroup(codes, view, curve.codes, curve.release),
    enrolled: toCell(shown(curve.enrolled), null),
    points: curve.points.map(({ weeks, retained, completed }) => ({
      weeks,
      retained: toCell(retained, null),
      completed: toCell(completed, null),
    })),
  }
}
