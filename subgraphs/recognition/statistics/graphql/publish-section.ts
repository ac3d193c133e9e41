import type { Dimension } from '../domain/dimension.js'
import { dimensions, sortDimensions } from '../domain/dimension.js'
import { type PublishedCell, shown } from '../domain/published-cell.js'
import type { CodeFilter, CodeSet, PublishedCodes } from '../domain/published-codes.js'
import type { Release } from '../domain/release.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import type { Family, Population } from '../domain/statistics-family.js'
import {
  type PublicationContext,
  type PublishedBreakdown,
  type PublishedRow,
  publishBreakdown,
} from '../publication/publish-breakdown.js'
import { publishQuartiles } from '../publication/publish-quartiles.js'
import type { DurationMeasure } from '../store/read-durations.js'
import { type StatisticsCellType, toCell, toQuartiles } from './statistics-cell.type.js'
import type { StatisticsGroupType } from './statistics-group.type.js'
import { toRelease } from './statistics-release.type.js'

/** One question of `pathwayStatistics`, before a section of it is read. */
export interface StatisticsQuestion {
  readonly context: PublicationContext
  readonly filter: CodeFilter
  readonly groupBy: readonly Dimension[]
  readonly period: ReportingPeriod
  readonly compareTo: ReportingPeriod | null
}

/** A row beside the same row of the period compared with. */
export interface SectionRow {
  readonly codes: CodeSet
  readonly group: StatisticsGroupType
  persons(population: Population): StatisticsCellType
  units(population: Population): StatisticsCellType
  share(numerator: Population, denominator: Population): StatisticsCellType
  ects(): StatisticsCellType
}

/** A section that was read, for quartiles of the same rows. */
export interface Section {
  readonly rows: readonly SectionRow[]
  quartiles(
    measure: DurationMeasure,
    population: Population,
  ): Promise<readonly ReturnType<typeof toQuartiles>[]>
}

/**
 * Reads one section: the breakdown of its family, by the question's dimensions and those the section always has.
 *
 * @throws HubError as `publishBreakdown` does.
 */
export async function publishSection(
  question: StatisticsQuestion,
  family: Family,
  always: readonly Dimension[] = [],
): Promise<Section> {
  const { context, filter, period, compareTo } = question
  const groupBy = sortDimensions([...always, ...question.groupBy])
  const own = await publishBreakdown(context, { family, groupBy, filter, period })
  const before =
    compareTo === null
      ? null
      : await publishBreakdown(context, { family, groupBy, filter, period: compareTo })
  return {
    rows: own.rows.map((row, index) => toSectionRow(context.codes, own, row, before?.rows[index])),
    quartiles: async (measure, population) => {
      const now = await publishQuartiles(context, own, measure, population)
      const then = before && (await publishQuartiles(context, before, measure, population))
      return now.map((each, index) => toQuartiles(each, then?.[index] ?? null))
    },
  }
}

function toSectionRow(
  codes: PublishedCodes,
  { view, release }: PublishedBreakdown,
  row: PublishedRow,
  before: PublishedRow | undefined,
): SectionRow {
  const compare = (read: (each: PublishedRow) => PublishedCell): StatisticsCellType =>
    toCell(read(row), before ? read(before) : null)
  return {
    codes: row.codes,
    group: toGroup(codes, view, row.codes, release),
    persons: (population) => compare((each) => shown(each.persons(population))),
    units: (population) => compare((each) => shown(each.units(population))),
    share: (numerator, denominator) => compare((each) => each.share(numerator, denominator)),
    ects: () => compare((each) => each.ects()),
  }
}

/** What a row is about, with names for readers. */
export function toGroup(
  published: PublishedCodes,
  view: readonly Dimension[],
  codes: CodeSet,
  release: Release,
): StatisticsGroupType {
  return {
    release: toRelease(release),
    codes: view.flatMap((dimension) => {
      const code = codes[dimension]
      if (code === undefined) return []
      const isStep = dimension === 'step' && codes.pathway !== undefined
      const known = isStep
        ? published.steps.get(codes.pathway ?? '')
        : published.byDimension[dimension]
      const label = known?.find((each) => each.code === code)?.label ?? code
      return [{ dimension, concept: dimensions[dimension].code, code, label }]
    }),
    pathwayId: codes.pathway ?? null,
    step: codes.step === undefined ? null : Number(codes.step),
    stackedCredentialId: codes.stackedCredential ?? null,
    homeMember: codes.homeMember ?? null,
    awardingMember: codes.awardingMember ?? null,
    recognisingMember: codes.recognisingMember ?? null,
    jurisdictionCode: codes.jurisdiction ?? null,
  }
}
