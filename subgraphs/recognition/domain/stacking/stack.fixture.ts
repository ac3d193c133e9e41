import type {
  AwardId,
  MicroCredentialId,
  OpportunityId,
  StackedCredentialId,
} from '../../../../schema/index.js'
import { evaluateStack } from './evaluate-stack.js'
import type { EvaluationContext, StackableAward, StackDecision } from './stack-evaluation.js'
import type { StackingRule } from './stacking-rule.js'

/** `a` → `alliance:microcredential:a`. */
export function microCredentialOf(key: string): MicroCredentialId {
  return `alliance:microcredential:${key}` as MicroCredentialId
}

/** A synthetic award of 5 ECTS at level 6 from Dublin, with what differs. `key` names award and micro-credential. */
export function awardOf(key: string, part: Partial<StackableAward> = {}): StackableAward {
  const member = part.awardingMember ?? 'dcu'
  return {
    id: `${member}:award:${key}` as AwardId,
    microCredentialId: microCredentialOf(key),
    opportunityId: `${member}:opportunity:${key}` as OpportunityId,
    awardingMember: member,
    jurisdictionCode: 'IE',
    awardedOn: '2025-01-01',
    ects: '5',
    eqfLevel: 6,
    iscedF: ['0613'],
    learningOutcomes: [{ titles: { en: `Outcome of ${key}` }, skills: [] }],
    grade: null,
    supervision: 'SUPERVISED_ONSITE_WITH_ID',
    isCapstone: false,
    accreditation: 'synthetic accreditation',
    status: 'VALID',
    supersededBy: null,
    ...part,
  }
}

/** A rule that asks for 10 ECTS, with what differs. */
export function ruleOf(part: Partial<StackingRule> = {}): StackingRule {
  return {
    language: 1,
    id: 'alliance:stackedcredential:s' as StackedCredentialId,
    version: 1,
    titles: { en: 'A stack' },
    inForceFrom: '2024-01-01',
    inForceUntil: null,
    source: null,
    illustrative: true,
    creditUse: 'ONCE',
    eligible: [],
    prerequisites: [],
    limits: [],
    requirements: [
      { kind: 'MIN_ECTS', id: 'size', titles: null, use: 'SHARED', ects: '10', where: [] },
    ],
    ...part,
  }
}

/** Evaluates on the last day of 2025, and fails when there is no decision. */
export function decide(
  rule: StackingRule,
  awards: readonly StackableAward[],
  context: Partial<EvaluationContext> = {},
): StackDecision {
  const evaluation = evaluateStack(rule, awards, { date: '2025-12-31', ...context })
  if (evaluation.kind === 'UNDECIDED') throw new Error(evaluation.code)
  return evaluation
}
