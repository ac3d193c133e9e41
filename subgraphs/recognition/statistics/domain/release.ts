import type { ReportingPeriod } from './reporting-period.js'

/** Published figures of one period, as they were when released. They stay; corrections make another release. */
export interface Release {
  /** As the store knows it; null in a reporting year without events, of which there is nothing to keep. */
  readonly id: string | null
  readonly period: ReportingPeriod
  /** 1, 2, … of the period; 0 in a reporting year without events. */
  readonly number: number
  /** ISO date: the latest day of recording among the events in it; null for a release of nothing. */
  readonly asOf: string | null
  /** ISO instant. */
  readonly releasedAt: string
}

/**
 * So many learners' figures of a period have to have changed before it is released anew: a change can then be any of
 * theirs, and one person's late event alone never moves a published figure.
 */
export const fewestChangedLearners = 25

/** The name of a release, to be quoted beside a figure: `2025-A1.2`. */
export function releaseName({ period, number }: Pick<Release, 'period' | 'number'>): string {
  return `${period.code}.${number}`
}
