import { describe, expect, it } from 'vitest'
import type { AwardId } from '../../../../schema/index.js'
import { compareEvaluations, explainChange } from './compare-evaluations.js'
import { explainEvaluation } from './explain-evaluation.js'
import { explainRule } from './explain-rule.js'
import { awardOf, decide, microCredentialOf, ruleOf } from './stack.fixture.js'

const rule = ruleOf({
  titles: { en: 'Data for cities' },
  eligible: [{ kind: 'ACCREDITED' }, { kind: 'RECENCY', months: 60 }],
  prerequisites: [
    { microCredentialId: microCredentialOf('b'), requires: [microCredentialOf('a')] },
  ],
  limits: [
    { kind: 'MAX_FROM_ONE', id: 'one-member', by: 'MEMBER', ects: '15' },
    { kind: 'MAX_OVERLAP', id: 'overlap', percent: '50' },
  ],
  requirements: [
    {
      kind: 'MIN_ECTS',
      id: 'size',
      titles: null,
      use: 'SHARED',
      ects: '10',
      where: [{ kind: 'LEVEL', atLeast: 6 }],
    },
    {
      kind: 'MIN_SHARE',
      id: 'field',
      titles: null,
      use: 'SINGLE',
      percent: '75',
      ofEcts: '30',
      where: [{ kind: 'FIELD', anyOf: ['06', '07'] }],
    },
    {
      kind: 'MIN_AWARDS',
      id: 'capstone',
      titles: null,
      use: 'SINGLE',
      count: 1,
      where: [{ kind: 'CAPSTONE' }],
    },
    {
      kind: 'CHOOSE',
      id: 'choice',
      titles: null,
      use: 'SHARED',
      count: 1,
      from: ['a', 'b', 'c'].map(microCredentialOf),
    },
    { kind: 'DISTINCT', id: 'members', titles: null, by: 'MEMBER', count: 2, where: [] },
  ],
})
const nameOf = (id: string) => id.split(':').at(-1)?.toUpperCase() ?? id

describe('explainRule', () => {
  it('reads as English', () => {
    expect(explainRule(rule, nameOf)).toBe(
      '“Data for cities” asks for at least 10 ECTS at EQF level 6 or above, at least 22.5 ECTS (75 % of 30) in the field ' +
        '06 or 07 (ISCED-F) on their own, at least 1 award from a capstone challenge on their own, 1 of A, B or C and ' +
        'awards from at least 2 different members. Only awards with accreditation and awarded within the last 60 months count. ' +
        'B counts only after A. At most 15 ECTS from any one member count. Two awards that share more than 50 % of their ' +
        'learning outcomes do not count together. No award serves two of the requirements marked “on their own”. An award ' +
        'that counts towards another stacked credential does not count here. The numbers are illustrative.',
    )
  })
})

describe('explainEvaluation', () => {
  it('tells the outcome, every requirement and every award left out', () => {
    const awards = [awardOf('a'), awardOf('b', { status: 'REVOKED' })]
    expect(explainEvaluation(rule, decide(rule, awards), nameOf)).toEqual([
      '“Data for cities”: partly fulfilled on 2025-12-31, 1 of 5 requirements met, 1 award with 5 ECTS counting.',
      'Missing: at least 10 ECTS at EQF level 6 or above (5 of 10 ECTS; 5 ECTS to go).',
      'Missing: at least 22.5 ECTS (75 % of 30) in the field 06 or 07 (ISCED-F) (5 of 22.5 ECTS; 17.5 ECTS to go).',
      'Missing: at least 1 award from a capstone challenge (0 of 1 award; 1 award to go).',
      'Met: 1 of A, B or C (1 of 1 micro-credential).',
      'Missing: awards from at least 2 different members (1 of 2 members; 1 member to go).',
      'B does not count: it was revoked.',
    ])
  })
})

describe('compareEvaluations', () => {
  const before = decide(ruleOf(), [awardOf('a'), awardOf('b')])

  it('finds nothing between equals', () => {
    expect(compareEvaluations(before, before)).toEqual([])
  })

  it('traces a revocation to the requirement that is no longer met', () => {
    const after = decide(ruleOf(), [awardOf('a'), awardOf('b', { status: 'REVOKED' })])
    const changes = compareEvaluations(before, after)
    expect(changes).toEqual([
      { code: 'OUTCOME_CHANGED', from: 'FULFILLED', to: 'PARTLY' },
      { code: 'ECTS_CHANGED', from: '10', to: '5' },
      {
        code: 'AWARD_LEFT',
        awardId: 'dcu:award:b',
        reasons: [{ code: 'REVOKED' }],
        requirementIds: ['size'],
      },
      {
        code: 'REQUIREMENT_LOST',
        requirementId: 'size',
        missingBefore: '0',
        missingAfter: '5',
        because: { needChanged: false, awardsLeft: ['dcu:award:b'], awardsJoined: [] },
      },
    ])
    expect(changes.map((change) => explainChange(change))).toEqual([
      'The outcome changed from FULFILLED to PARTLY.',
      '5 ECTS count, before 10.',
      'dcu:award:b no longer counts: it was revoked.',
      'Requirement size is no longer met, 5 missing (without dcu:award:b).',
    ])
  })

  it('shows the correction that takes the place of a superseded award', () => {
    const by = 'dcu:award:b2' as AwardId
    const after = decide(ruleOf(), [
      awardOf('a'),
      awardOf('b', { status: 'SUPERSEDED', supersededBy: by }),
      awardOf('b', { id: by, ects: '4' }),
    ])
    expect(compareEvaluations(before, after).map(({ code }) => code)).toEqual([
      'OUTCOME_CHANGED',
      'ECTS_CHANGED',
      'AWARD_LEFT',
      'AWARD_JOINED',
      'REQUIREMENT_LOST',
    ])
  })

  it('tells a change of the rule from a change of the awards', () => {
    const [size] = ruleOf().requirements
    const stricter = ruleOf({
      version: 2,
      requirements: [
        { ...(size as object), ects: '15' } as (typeof rule.requirements)[number],
        { kind: 'DISTINCT', id: 'members', titles: null, by: 'MEMBER', count: 1, where: [] },
      ],
    })
    expect(compareEvaluations(before, decide(stricter, [awardOf('a'), awardOf('b')]))).toEqual([
      { code: 'RULE_VERSION_CHANGED', from: 1, to: 2 },
      { code: 'OUTCOME_CHANGED', from: 'FULFILLED', to: 'PARTLY' },
      {
        code: 'REQUIREMENT_LOST',
        requirementId: 'size',
        missingBefore: '0',
        missingAfter: '5',
        because: { needChanged: true, awardsLeft: [], awardsJoined: [] },
      },
      { code: 'REQUIREMENT_ADDED', requirementId: 'members', isMet: true },
    ])
  })
})
