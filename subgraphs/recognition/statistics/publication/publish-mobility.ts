import { type PublishedCell, shown } from '../domain/published-cell.js'
import type { Release } from '../domain/release.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import {
  type PublicationContext,
  type PublishedRow,
  publishBreakdown,
} from './publish-breakdown.js'

/** What the matrix can count. */
export const mobilityMeasures = ['LEARNERS', 'AWARDS', 'ECTS'] as const
export type MobilityMeasure = (typeof mobilityMeasures)[number]

/** Who learns where: home institutions in rows, awarding institutions in columns. */
export interface MobilityMatrix {
  readonly release: Release
  readonly cells: readonly MobilityCell[]
  /** Rounded for themselves: they are not the sums of the cells. Empty where the publication has none. */
  readonly homeTotals: readonly MobilityCell[]
  readonly awardingTotals: readonly MobilityCell[]
}

export interface MobilityCell {
  /** Slug, or `_X`; null in the total of an awarding institution. */
  readonly home: string | null
  readonly awarding: string | null
  readonly cell: PublishedCell
}

/** Publishes the matrix with its marginals, each from its own table. */
export async function publishMobility(
  context: PublicationContext,
  period: ReportingPeriod,
  measure: MobilityMeasure,
): Promise<MobilityMatrix> {
  const read = async (
    groupBy: readonly ('homeMember' | 'awardingMember')[],
  ): Promise<{ readonly release: Release; readonly cells: readonly MobilityCell[] }> => {
    const request = { family: 'award', groupBy, filter: {}, period } as const
    const { rows, release } = await publishBreakdown(context, request)
    const cells = rows.map((row) => ({
      home: row.codes.homeMember ?? null,
      awarding: row.codes.awardingMember ?? null,
      cell: measureOf(row, measure),
    }))
    return { release, cells }
  }
  const readMarginal = async (marginal: 'homeMember' | 'awardingMember') =>
    context.publication.includes('award', [marginal], period.kind)
      ? (await read([marginal])).cells
      : []
  const [{ release, cells }, homeTotals, awardingTotals] = await Promise.all([
    read(['homeMember', 'awardingMember']),
    readMarginal('homeMember'),
    readMarginal('awardingMember'),
  ])
  return { release, cells, homeTotals, awardingTotals }
}

function measureOf(row: PublishedRow, measure: MobilityMeasure): PublishedCell {
  switch (measure) {
    case 'LEARNERS':
      return shown(row.persons('award.valid'))
    case 'AWARDS':
      return shown(row.units('award.valid'))
    case 'ECTS':
      return row.ects()
  }
}
