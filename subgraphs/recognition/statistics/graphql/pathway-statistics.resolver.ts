import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../graphql/request-context.js'
import type { Dimension } from '../domain/dimension.js'
import { readPeriod } from '../publication/check-request.js'
import { PathwayStatisticsType, toPolicy } from './pathway-statistics.type.js'
import { publishSection } from './publish-section.js'
import {
  AwardStatisticsType,
  JourneyStatisticsType,
  RecognitionStatisticsType,
  SkillStatisticsType,
  StackStatisticsType,
  StepStatisticsType,
} from './section.type.js'
import { StatisticsDimensionEnum } from './statistics-enums.js'
import { StatisticsFilterInput, toCodeFilter } from './statistics-filter.input.js'
import { readRelease, StatisticsReleaseType } from './statistics-release.type.js'

/** Statistics of learning pathways and what comes of them. */
@Resolver(() => PathwayStatisticsType)
export class PathwayStatisticsResolver {
  @Query(() => PathwayStatisticsType, {
    description:
      'How learners move, for analysts; for everybody the tables that are published. Every figure is protected by the policy named in the answer.',
  })
  async pathwayStatistics(
    @Ctx() { statistics, principal }: RequestContext,
    @Arg('period', () => String, {
      description: 'A period that is over, e.g. `2025-A1`, `2025-Q2`, `2025-M03`.',
    })
    period: string,
    @Arg('groupBy', () => [StatisticsDimensionEnum], {
      nullable: true,
      description: 'Dimensions to break down by: three for a year, two for a quarter, one a month.',
    })
    groupBy: Dimension[] | null,
    @Arg('filter', () => StatisticsFilterInput, { nullable: true, description: 'Which rows.' })
    filter?: StatisticsFilterInput | null,
    @Arg('compareTo', () => String, {
      nullable: true,
      description: 'Another period, to give each figure beside.',
    })
    compareTo?: string | null,
  ): Promise<PathwayStatisticsType> {
    const context = await statistics.open(principal)
    const own = readPeriod(period)
    const other = compareTo ? readPeriod(compareTo) : null
    return {
      period: own,
      comparedWith: other,
      policy: toPolicy(context.publication.policy),
      question: {
        context,
        filter: toCodeFilter(filter),
        groupBy: groupBy ?? [],
        period: own,
        compareTo: other,
      },
    }
  }

  @FieldResolver(() => StatisticsReleaseType, {
    description:
      'The latest release of the period; the figures of each row are of the release named in its group.',
  })
  release(@Root() { question }: PathwayStatisticsType): Promise<StatisticsReleaseType> {
    return readRelease(question.context, question.period)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Latest day of recording among the events in the latest release, ISO date.',
  })
  async asOf(@Root() { question }: PathwayStatisticsType): Promise<string | null> {
    return (await readRelease(question.context, question.period)).asOf
  }

  @FieldResolver(() => [JourneyStatisticsType], {
    description: 'Journeys; by PATHWAY, HOME_MEMBER.',
  })
  async journeys(@Root() { question }: PathwayStatisticsType): Promise<JourneyStatisticsType[]> {
    const { rows, quartiles } = await publishSection(question, 'journey')
    const times = await quartiles('timeToComplete', 'journey.completed')
    return rows.flatMap((row, index) => {
      const timeToComplete = times[index]
      if (!timeToComplete) return []
      return [
        {
          group: row.group,
          started: row.persons('journey.started'),
          active: row.persons('journey.active'),
          completed: row.persons('journey.completed'),
          withdrawn: row.persons('journey.withdrawn'),
          completionRate: row.share('journey.completed', 'journey.started'),
          timeToComplete,
        },
      ]
    })
  }

  @FieldResolver(() => [StepStatisticsType], {
    description: 'The funnel: every step of every pathway; by HOME_MEMBER, too.',
  })
  async steps(@Root() { question }: PathwayStatisticsType): Promise<StepStatisticsType[]> {
    const { rows } = await publishSection(question, 'step', ['pathway', 'step'])
    return rows.map((row) => ({
      group: row.group,
      started: row.persons('step.started'),
      active: row.persons('step.active'),
      completed: row.persons('step.completed'),
      withdrawn: row.persons('step.withdrawn'),
      completionRate: row.share('step.completed', 'step.started'),
    }))
  }

  @FieldResolver(() => [StackStatisticsType], {
    description: 'Stacks; by STACKED_CREDENTIAL, HOME_MEMBER.',
  })
  async stacks(@Root() { question }: PathwayStatisticsType): Promise<StackStatisticsType[]> {
    const { rows } = await publishSection(question, 'stack')
    return rows.map((row) => ({
      group: row.group,
      started: row.persons('stack.started'),
      completed: row.persons('stack.completed'),
      stackRate: row.share('stack.completed', 'stack.started'),
    }))
  }

  @FieldResolver(() => [AwardStatisticsType], {
    description:
      'Awards; by HOME_MEMBER, AWARDING_MEMBER, JURISDICTION, EQF_LEVEL, ISCED_FIELD, SIZE_BAND, SKILL.',
  })
  async awards(@Root() { question }: PathwayStatisticsType): Promise<AwardStatisticsType[]> {
    const { rows } = await publishSection(question, 'award')
    return rows.map((row) => ({
      group: row.group,
      learners: row.persons('award.valid'),
      awards: row.units('award.valid'),
      ects: row.ects(),
    }))
  }

  @FieldResolver(() => [RecognitionStatisticsType], {
    description: 'Recognition; by HOME_MEMBER, AWARDING_MEMBER, RECOGNISING_MEMBER.',
  })
  async recognition(
    @Root() { question }: PathwayStatisticsType,
  ): Promise<RecognitionStatisticsType[]> {
    const { rows, quartiles } = await publishSection(question, 'request')
    const times = await quartiles('waitingTime', 'request.decided')
    return rows.flatMap((row, index) => {
      const waitingTime = times[index]
      if (!waitingTime) return []
      return [
        {
          group: row.group,
          requested: row.units('request.made'),
          decided: row.units('request.decided'),
          recognised: row.units('request.recognised'),
          partial: row.units('request.partial'),
          refused: row.units('request.refused'),
          pending: row.units('request.pending'),
          appealed: row.units('request.appealed'),
          automatic: row.units('request.automatic'),
          recognisedShare: row.share('request.recognised', 'request.decided'),
          waitingTime,
        },
      ]
    })
  }

  @FieldResolver(() => [SkillStatisticsType], {
    description: 'Skills, offered and awarded; by AWARDING_MEMBER or another dimension of awards.',
  })
  async skills(@Root() { question }: PathwayStatisticsType): Promise<SkillStatisticsType[]> {
    const { rows } = await publishSection(question, 'award', ['skill'])
    const { offersOfSkill } = question.context.codes
    return rows.map((row) => ({
      group: row.group,
      offered: offersOfSkill.get(row.codes.skill ?? '') ?? 0,
      learners: row.persons('award.valid'),
    }))
  }
}
