import type { Dimension } from '../domain/dimension.js'
import type { Family } from '../domain/statistics-family.js'

/** The column that a dimension is in the tables of units, `u`; lists are in {@link listColumns}. */
export const dimensionColumns: Readonly<Partial<Record<Dimension, string>>> = {
  pathway: 'u.pathway',
  step: 'u.step',
  stackedCredential: 'u.stacked_credential',
  homeMember: 'u.home_member',
  awardingMember: 'u.awarding_member',
  recognisingMember: 'u.recognising_member',
  jurisdiction: 'u.jurisdiction',
  eqfLevel: 'u.eqf_level',
  sizeBand: 'u.size_band',
}

/** Dimensions of which one unit may have several codes; it counts under each. */
export const listColumns: Readonly<Partial<Record<Dimension, string>>> = {
  iscedField: 'u.isced_fields',
  skill: 'u.skills',
}

/** Durations that are kept by week: measure and column of the units, by family. */
export const durationColumns: Readonly<
  Partial<Record<Family, readonly (readonly [measure: string, column: string])[]>>
> = {
  journey: [
    ['timeToComplete', 'u.weeks_to_complete'],
    ['timeToWithdraw', 'u.weeks_to_withdraw'],
  ],
  request: [['waitingTime', 'u.weeks_waited']],
}
