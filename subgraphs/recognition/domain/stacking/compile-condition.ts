import type { OriginalGrade } from '../award.js'
import { subtractMonths } from '../calendar.js'
import { compareDecimals, type DecimalText, isDecimal } from '../decimal.js'
import type { Supervision } from '../micro-credential.js'
import type { AwardCondition, GradeCondition, GradeThreshold } from './award-condition.js'
import { findOutcomes, toOutcomeKey } from './outcome-keys.js'
import type { StackableAward } from './stack-evaluation.js'

/** Whether an award meets a condition on the ISO `date` of evaluation. */
export type ConditionTest = (award: StackableAward, date: string) => boolean

/** The grade of an award still to be earned: it is taken to meet whatever is asked for. */
export const assumedGrade: OriginalGrade = { value: 'assumed', scale: 'assumed' }

const mostSizesKept = 1_000

/** Prepares a condition once, to be asked of many awards. */
export function compileCondition(condition: AwardCondition): ConditionTest {
  switch (condition.kind) {
    case 'LEVEL':
      return (award) => award.eqfLevel !== null && award.eqfLevel >= condition.atLeast
    case 'FIELD':
      return (award) =>
        award.iscedF.some((code) => condition.anyOf.some((prefix) => code.startsWith(prefix)))
    case 'MICRO_CREDENTIAL': {
      const ids = new Set<string>(condition.anyOf)
      return (award) => ids.has(award.microCredentialId)
    }
    case 'MEMBER':
      return (award) => condition.anyOf.includes(award.awardingMember)
    case 'JURISDICTION':
      return (award) => condition.anyOf.includes(award.jurisdictionCode)
    case 'OUTCOME': {
      const wanted = new Map(condition.anyOf.map((text) => [toOutcomeKey(text), text]))
      return (award) => findOutcomes(award.learningOutcomes, wanted).length > 0
    }
    case 'GRADE':
      return (award) => meetsGrade(award.grade, condition)
    case 'RECENCY': {
      // The date is the same for every award of an evaluation, and for most evaluations.
      let known = { date: '', since: '' }
      return (award, date) => {
        if (known.date !== date) known = { date, since: subtractMonths(date, condition.months) }
        return award.awardedOn >= known.since
      }
    }
    case 'SUPERVISED':
      return (award) => isSupervised(award.supervision, condition.identityVerified)
    case 'ACCREDITED':
      return (award) => award.accreditation !== null
    case 'CAPSTONE':
      return (award) => award.isCapstone
    case 'SIZE': {
      const { atLeast, atMost } = condition
      // Sizes are few and awards are many: each is compared once.
      const known = new Map<DecimalText, boolean>()
      return ({ ects }) => {
        const answer = known.get(ects)
        if (answer !== undefined) return answer
        const isMet =
          (atLeast === null || compareDecimals(ects, atLeast) >= 0) &&
          (atMost === null || compareDecimals(ects, atMost) <= 0)
        if (known.size < mostSizesKept) known.set(ects, isMet)
        return isMet
      }
    }
  }
}

/** Whether all conditions hold; of none: true. */
export function compileConditions(conditions: readonly AwardCondition[]): ConditionTest {
  const tests = conditions.map(compileCondition)
  const [first] = tests
  if (first === undefined) return () => true
  if (tests.length === 1) return first
  return (award, date) => tests.every((test) => test(award, date))
}

function meetsGrade(grade: OriginalGrade | null, condition: GradeCondition): boolean {
  if (grade === null) return condition.acceptsPassed
  if (grade === assumedGrade) return true
  return condition.scales.some(
    (threshold) => threshold.scale === grade.scale && meetsThreshold(grade.value, threshold),
  )
}

function meetsThreshold(value: string, threshold: GradeThreshold): boolean {
  if (threshold.kind === 'ONE_OF') return threshold.grades.includes(value)
  // Transcripts of half of Europe print a decimal comma.
  const number = value.replace(',', '.')
  if (!isDecimal(number)) return false
  const order = compareDecimals(number, threshold.grade)
  return threshold.kind === 'AT_LEAST' ? order >= 0 : order <= 0
}

function isSupervised(supervision: Supervision, identityVerified: boolean): boolean {
  switch (supervision) {
    case 'UNSUPERVISED_WITHOUT_ID':
      return false
    case 'SUPERVISED_WITHOUT_ID':
      return !identityVerified
    case 'SUPERVISED_ONLINE_WITH_ID':
    case 'SUPERVISED_ONSITE_WITH_ID':
      return true
  }
}
