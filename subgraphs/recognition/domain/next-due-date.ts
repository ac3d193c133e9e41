import type { Award } from './award.js'
import { addDays, subtractMonths } from './calendar.js'
import type { AwardCondition } from './stacking/award-condition.js'
import type { StackingRule } from './stacking/stacking-rule.js'

/** What in rules moves with the calendar. */
export interface RuleDates {
  /** Months of every `RECENCY` condition, each once. */
  readonly recencyMonths: readonly number[]
  /** ISO dates on which a rule comes into force or is no longer in force. */
  readonly turns: readonly string[]
}

/** Collects the dates and periods of these rules. */
export function listRuleDates(rules: readonly StackingRule[]): RuleDates {
  const months = new Set<number>()
  const turns = new Set<string>()
  for (const { eligible, limits, requirements, inForceFrom, inForceUntil } of rules) {
    turns.add(inForceFrom)
    if (inForceUntil !== null) turns.add(addDays(inForceUntil, 1))
    const nested = [...limits, ...requirements].map((part) => ('where' in part ? part.where : []))
    for (const condition of [eligible, ...nested].flat()) addMonths(months, condition)
  }
  return { recencyMonths: [...months], turns: [...turns] }
}

/**
 * The first ISO date after `date` on which a learner's stacks could differ though nothing happened: a rule comes into or
 * goes out of force, an award becomes too old for a condition or counts from that day on. Null when there is none.
 */
export function findNextDueDate(
  { recencyMonths, turns }: RuleDates,
  awards: readonly Pick<Award, 'awardedOn' | 'status'>[],
  date: string,
): string | null {
  let next: string | null = null
  const consider = (day: string) => {
    if (day > date && (next === null || day < next)) next = day
  }
  const standing = awards.filter(({ status }) => status === 'VALID')
  if (standing.length === 0) return null
  turns.forEach(consider)
  for (const { awardedOn } of standing) {
    consider(awardedOn)
    for (const months of recencyMonths) consider(firstDayTooOld(awardedOn, months))
  }
  return next
}

function addMonths(months: Set<number>, condition: AwardCondition): void {
  if (condition.kind === 'RECENCY') months.add(condition.months)
}

/** The first day from which going back `months` lands after `awardedOn`: short months make it a search of a few days. */
function firstDayTooOld(awardedOn: string, months: number): string {
  let day = addDays(subtractMonths(awardedOn, -months), -3)
  while (subtractMonths(day, months) <= awardedOn) day = addDays(day, 1)
  return day
}
