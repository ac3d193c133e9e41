import type { AwardId } from '../../../../schema/index.js'
import type { AwardCondition } from './award-condition.js'
import type { RandomStack } from './random-stacks.fixture.js'
import type { Requirement } from './requirement.js'
import type { StackableAward } from './stack-evaluation.js'
import type { StackingRule } from './stacking-rule.js'

/** The best way to count awards, found by trying all of them. Shares no code with the evaluation it is compared to. */
export interface BruteForceAnswer {
  /** Per requirement, in thousandths for credits. */
  readonly missing: readonly number[]
  /** What each counting award serves of the `SINGLE` requirements, by award id; null: none. */
  readonly counting: ReadonlyMap<AwardId, string | null>
}

type Decision = 'OUT' | 'IN' | number

/** Tries every decision for every award, and keeps the first of the best by the order the evaluation documents. */
export function solveByBruteForce({
  rule,
  awards,
  date,
  usedElsewhere,
}: RandomStack): BruteForceAnswer {
  const countable = awards
    .filter((award) => mayCount(rule, award, awards, { date, usedElsewhere }))
    .sort((a, b) =>
      a.awardedOn === b.awardedOn ? (a.id < b.id ? 1 : -1) : a.awardedOn < b.awardedOn ? 1 : -1,
    )
  const singles = rule.requirements.flatMap((requirement, index) =>
    'use' in requirement && requirement.use === 'SINGLE' ? [index] : [],
  )
  let best: { missing: readonly number[]; decisions: readonly Decision[] } | null = null
  tryAll([])
  const answer = best as { missing: readonly number[]; decisions: readonly Decision[] } | null
  const counting = new Map<AwardId, string | null>()
  countable.forEach(({ id }, index) => {
    const decision = answer?.decisions[index] ?? 'OUT'
    if (decision === 'OUT') return
    counting.set(id, decision === 'IN' ? null : (rule.requirements[decision]?.id ?? null))
  })
  return { missing: answer?.missing ?? [], counting }

  function tryAll(decisions: readonly Decision[]): void {
    const award = countable[decisions.length]
    const chosen = countable.filter((_, index) => (decisions[index] ?? 'OUT') !== 'OUT')
    if (!keepsLimits(rule, chosen, date)) return
    if (award !== undefined) {
      for (const decision of ['OUT', 'IN', ...singles] as const) tryAll([...decisions, decision])
      return
    }
    const missing = rule.requirements.map((requirement, index) => {
      const serving =
        'use' in requirement && requirement.use === 'SINGLE'
          ? countable.filter((_, place) => decisions[place] === index)
          : chosen
      return missingOf(requirement, serving, date)
    })
    if (best === null || isBetter(missing, best.missing)) best = { missing, decisions }
  }
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  const met = (missing: readonly number[]) => missing.filter((value) => value === 0).length
  if (met(one) !== met(other)) return met(one) > met(other)
  const index = one.findIndex((value, place) => value !== other[place])
  return index >= 0 && (one[index] ?? 0) < (other[index] ?? 0)
}

function thousandths(text: string): number {
  return Math.round(Number(text) * 1_000)
}

function mayCount(
  rule: StackingRule,
  award: StackableAward,
  all: readonly StackableAward[],
  { date, usedElsewhere }: Pick<RandomStack, 'date' | 'usedElsewhere'>,
): boolean {
  if (award.status !== 'VALID' || award.awardedOn > date) return false
  if (rule.creditUse === 'ONCE' && usedElsewhere.has(award.id)) return false
  if (!rule.eligible.every((condition) => holds(condition, award, date))) return false
  return rule.prerequisites.every(
    ({ microCredentialId, requires }) =>
      microCredentialId !== award.microCredentialId ||
      requires.every((id) =>
        all.some(
          (other) =>
            other.microCredentialId === id &&
            other.status === 'VALID' &&
            other.awardedOn <= award.awardedOn,
        ),
      ),
  )
}

function holds(condition: AwardCondition, award: StackableAward, date: string): boolean {
  const names = award.learningOutcomes.flatMap((o) => [
    o.titles.en,
    ...o.skills.map((s) => s.titles.en),
  ])
  switch (condition.kind) {
    case 'LEVEL':
      return (award.eqfLevel ?? 0) >= condition.atLeast
    case 'FIELD':
      return condition.anyOf.some((field) => award.iscedF.some((code) => code.startsWith(field)))
    case 'MICRO_CREDENTIAL':
      return condition.anyOf.includes(award.microCredentialId)
    case 'MEMBER':
      return condition.anyOf.includes(award.awardingMember)
    case 'JURISDICTION':
      return condition.anyOf.includes(award.jurisdictionCode)
    case 'OUTCOME':
      return condition.anyOf.some((name) => names.includes(name))
    case 'GRADE': {
      const { grade } = award
      if (grade === null) return condition.acceptsPassed
      return condition.scales.some((threshold) => {
        if (threshold.scale !== grade.scale) return false
        if (threshold.kind === 'ONE_OF') return threshold.grades.includes(grade.value)
        const difference = Number(grade.value.replace(',', '.')) - Number(threshold.grade)
        return threshold.kind === 'AT_LEAST' ? difference >= 0 : difference <= 0
      })
    }
    case 'RECENCY': {
      const since = new Date(`${date}T00:00:00Z`)
      // The dates of the random awards lie on no month's edge that the two ways of counting could differ on.
      since.setUTCMonth(since.getUTCMonth() - condition.months)
      return new Date(`${award.awardedOn}T00:00:00Z`) >= since
    }
    case 'SUPERVISED':
      return condition.identityVerified
        ? award.supervision.endsWith('_WITH_ID')
        : award.supervision.startsWith('SUPERVISED')
    case 'ACCREDITED':
      return award.accreditation !== null
    case 'CAPSTONE':
      return award.isCapstone
    case 'SIZE':
      return (
        thousandths(award.ects) >= thousandths(condition.atLeast ?? '0') &&
        thousandths(award.ects) <= thousandths(condition.atMost ?? '999')
      )
  }
}

function keepsLimits(rule: StackingRule, chosen: readonly StackableAward[], date: string): boolean {
  const credits = (awards: readonly StackableAward[]) =>
    awards.reduce((sum, { ects }) => sum + thousandths(ects), 0)
  const isTwice = chosen.some((a, index) =>
    chosen.some(
      (b, place) =>
        place < index &&
        (a.microCredentialId === b.microCredentialId || a.opportunityId === b.opportunityId),
    ),
  )
  if (isTwice) return false
  return rule.limits.every((limit) => {
    switch (limit.kind) {
      case 'MAX_FROM_ONE':
        return chosen.every(
          (one) =>
            credits(
              chosen.filter((other) =>
                limit.by === 'MEMBER'
                  ? other.awardingMember === one.awardingMember
                  : other.jurisdictionCode === one.jurisdictionCode,
              ),
            ) <= thousandths(limit.ects),
        )
      case 'MAX_ECTS':
      case 'MAX_SHARE': {
        const most =
          limit.kind === 'MAX_ECTS'
            ? thousandths(limit.ects)
            : (Number(limit.percent) * thousandths(limit.ofEcts)) / 100
        const limited = chosen.filter((award) => limit.where.every((c) => holds(c, award, date)))
        return credits(limited) <= most
      }
      case 'MAX_OVERLAP':
        return chosen.every((a, index) =>
          chosen.slice(0, index).every((b) => {
            const left = a.learningOutcomes.map(({ titles }) => titles.en)
            const right = b.learningOutcomes.map(({ titles }) => titles.en)
            const shared = left.filter((title) => right.includes(title)).length
            return shared * 100 <= Number(limit.percent) * Math.min(left.length, right.length)
          }),
        )
    }
    throw new RangeError('no such limit')
  })
}

function missingOf(
  requirement: Requirement,
  serving: readonly StackableAward[],
  date: string,
): number {
  const credits = (awards: readonly StackableAward[]) =>
    awards.reduce((sum, { ects }) => sum + thousandths(ects), 0)
  const among = (ids: readonly string[]) =>
    ids.filter((id) => serving.some((a) => a.microCredentialId === id)).length
  switch (requirement.kind) {
    case 'MIN_ECTS':
    case 'MIN_SHARE': {
      const need =
        requirement.kind === 'MIN_ECTS'
          ? thousandths(requirement.ects)
          : Math.round((Number(requirement.percent) * thousandths(requirement.ofEcts)) / 100)
      const found = serving.filter((award) => requirement.where.every((c) => holds(c, award, date)))
      return Math.max(0, need - credits(found))
    }
    case 'RESIDENCY': {
      const found = serving.filter((award) => award.awardingMember === requirement.member)
      return Math.max(0, thousandths(requirement.ects) - credits(found))
    }
    case 'MIN_AWARDS': {
      const found = serving.filter((award) => requirement.where.every((c) => holds(c, award, date)))
      return Math.max(0, requirement.count - found.length)
    }
    case 'ALL_OF':
      return requirement.microCredentialIds.length - among(requirement.microCredentialIds)
    case 'CHOOSE':
      return Math.max(0, requirement.count - among(requirement.from))
    case 'OUTCOMES':
      return requirement.allOf.filter(
        (name) => !serving.some((a) => holds({ kind: 'OUTCOME', anyOf: [name] }, a, date)),
      ).length
    case 'DISTINCT': {
      const found = serving.filter((award) => requirement.where.every((c) => holds(c, award, date)))
      const origins = found.map((a) =>
        requirement.by === 'MEMBER' ? a.awardingMember : a.jurisdictionCode,
      )
      return Math.max(0, requirement.count - new Set(origins).size)
    }
    case 'SEQUENCE':
      return requirement.steps.length - stepsMade(requirement.steps, serving, '')
  }
}

/** Every choice of an award for the first step, and the longest way on from there. */
function stepsMade(
  steps: readonly (readonly string[])[],
  serving: readonly StackableAward[],
  since: string,
): number {
  const [first, ...rest] = steps
  if (first === undefined) return 0
  const ways = serving.filter((a) => first.includes(a.microCredentialId) && a.awardedOn >= since)
  return Math.max(0, ...ways.map((award) => 1 + stepsMade(rest, serving, award.awardedOn)))
}
