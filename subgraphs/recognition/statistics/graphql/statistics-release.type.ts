import { Field, ObjectType } from 'type-graphql'
import { type Release, releaseName } from '../domain/release.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import { checkPeriod } from '../publication/check-request.js'
import type { PublicationContext } from '../publication/publish-breakdown.js'
import { readReleases } from '../store/releases.js'

/** See the domain's `Release`. */
@ObjectType('StatisticsRelease', {
  description:
    'Figures of a period as they were released: they stay as they are, and corrections are another release.',
})
export class StatisticsReleaseType {
  @Field(() => String, { description: 'To be quoted beside the figures, e.g. `2025-A1.2`.' })
  readonly name!: string

  @Field(() => String, { description: 'When it was released, ISO instant.' })
  readonly releasedAt!: string

  @Field(() => String, {
    nullable: true,
    description: 'Latest day of recording among the events in it, ISO date; null for none.',
  })
  readonly asOf!: string | null
}

/**
 * The latest release of a period.
 *
 * @throws HubError `PERIOD_NOT_PUBLISHED` for a period that is not over.
 */
export async function readRelease(
  { pool, today, now }: PublicationContext,
  period: ReportingPeriod,
): Promise<StatisticsReleaseType> {
  checkPeriod(period, today)
  const [release] = await readReleases(pool, period, now())
  return toRelease(release)
}

/** A release as clients see it. */
export function toRelease(release: Release): StatisticsReleaseType {
  return { name: releaseName(release), releasedAt: release.releasedAt, asOf: release.asOf }
}
