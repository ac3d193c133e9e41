import { canonicalCell } from '../domain/cell-key.js'
import type { WeekCount } from '../domain/duration-quartiles.js'
import { publishCount } from '../domain/publish-count.js'
import { publishShare } from '../domain/publish-derived.js'
import { hidden, type PublishedCell } from '../domain/published-cell.js'
import { type CodeSet, nameOfCodes } from '../domain/published-codes.js'
import type { Release } from '../domain/release.js'
import { isRolledUp } from '../store/read-cells.js'
import { type DurationMeasure, readDurations } from '../store/read-durations.js'
import { toStatements } from '../store/statistics-connection.js'
import type { BreakdownRequest } from './check-request.js'
import {
  type PublicationContext,
  type PublishedBreakdown,
  publishBreakdown,
} from './publish-breakdown.js'

/** Weeks after enrolment that the curve is given for: a fixed grid, so that no week can be cut out. */
export const survivalWeeks = [0, 4, 8, 13, 26, 39, 52, 78, 104] as const

/** What became of a cohort: learners who enrolled in one period. */
export interface SurvivalCurve {
  readonly codes: CodeSet
  readonly release: Release
  readonly enrolled: number
  readonly points: readonly SurvivalPoint[]
}

export interface SurvivalPoint {
  readonly weeks: number
  /** Share that had not withdrawn within these weeks, completed or not, in per cent. */
  readonly retained: PublishedCell
  /** Share that had completed within these weeks, in per cent. */
  readonly completed: PublishedCell
}

/** Publishes the curve of every cohort of a breakdown of journeys. */
export async function publishSurvival(
  context: PublicationContext,
  request: Omit<BreakdownRequest, 'family'>,
): Promise<readonly SurvivalCurve[]> {
  return followCohorts(context, await publishBreakdown(context, { ...request, family: 'journey' }))
}

/** Publishes the curve of every row of a breakdown of journeys that has been published. */
export async function followCohorts(
  context: PublicationContext,
  { request, view, rows, release }: PublishedBreakdown,
): Promise<readonly SurvivalCurve[]> {
  const { filter } = request
  const isReady = isRolledUp({ family: 'journey', view, release })
  const read = (measure: DurationMeasure) =>
    readDurations(toStatements(context.pool), { view, release, filter }, measure)
  const [completions, withdrawals] = await Promise.all([
    read('timeToComplete'),
    read('timeToWithdraw'),
  ])
  const { policy } = context.publication
  return rows.map((row) => {
    const name = nameOfCodes(view, row.codes)
    const enrolled = row.persons('journey.started')
    const within = (
      counts: readonly WeekCount[] | undefined,
      population: 'journey.completed' | 'journey.withdrawn',
      weeks: number,
    ): number => {
      const count = (counts ?? [])
        .filter((each) => each.weeks < weeks)
        .reduce((sum, { units }) => sum + units, 0)
      const place = { population, release, codes: row.codes }
      const cell = `${canonicalCell(place, context.codes.soleMembers)}|within=${weeks}`
      return publishCount(count, count, { policy, noise: context.noise, cell, tableSensitivity: 1 })
    }
    const share = (part: number): PublishedCell =>
      policy.differentialPrivacy || !isReady
        ? hidden('NOT_IN_THIS_POLICY')
        : publishShare(policy, Math.min(part, enrolled), enrolled)
    let [mostWithdrawn, mostCompleted] = [0, 0]
    const points = survivalWeeks.map((weeks) => {
      // A curve that goes up again would only show the noise: published counts grow.
      mostWithdrawn = Math.max(
        mostWithdrawn,
        within(withdrawals.get(name), 'journey.withdrawn', weeks),
      )
      mostCompleted = Math.max(
        mostCompleted,
        within(completions.get(name), 'journey.completed', weeks),
      )
      return {
        weeks,
        retained: share(Math.max(0, enrolled - mostWithdrawn)),
        completed: share(mostCompleted),
      }
    })
    return { codes: row.codes, release, enrolled, points }
  })
}
