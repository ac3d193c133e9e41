import { describe, expect, it } from 'vitest'
import type { AwardId, OpportunityId, StackedCredentialId } from '../../../../schema/index.js'
import type { AwardCondition } from './award-condition.js'
import { awardOf, decide, microCredentialOf, ruleOf } from './stack.fixture.js'
import type { StackableAward } from './stack-evaluation.js'
import type { StackLimit } from './stack-limit.js'

describe('an award that does not meet a condition of `eligible`', () => {
  it.each<[AwardCondition, Partial<StackableAward>]>([
    [{ kind: 'ACCREDITED' }, { accreditation: null }],
    [{ kind: 'RECENCY', months: 12 }, { awardedOn: '2024-12-30' }],
    [{ kind: 'SUPERVISED', identityVerified: true }, { supervision: 'SUPERVISED_WITHOUT_ID' }],
    [{ kind: 'SUPERVISED', identityVerified: false }, { supervision: 'UNSUPERVISED_WITHOUT_ID' }],
    [{ kind: 'SIZE', atLeast: null, atMost: '4.5' }, {}],
    [{ kind: 'LEVEL', atLeast: 7 }, {}],
    [{ kind: 'MEMBER', anyOf: ['liu'] }, {}],
    [{ kind: 'JURISDICTION', anyOf: ['SE'] }, {}],
    [{ kind: 'FIELD', anyOf: ['07'] }, {}],
    [{ kind: 'OUTCOME', anyOf: ['Leadership'] }, {}],
    [
      {
        kind: 'GRADE',
        scales: [{ kind: 'AT_LEAST', scale: '1–10', grade: '7' }],
        acceptsPassed: true,
      },
      { grade: { value: '6,9', scale: '1–10' } },
    ],
    [
      {
        kind: 'GRADE',
        scales: [{ kind: 'AT_MOST', scale: '1.0–5.0', grade: '2.5' }],
        acceptsPassed: true,
      },
      { grade: { value: '2.7', scale: '1.0–5.0' } },
    ],
    [
      {
        kind: 'GRADE',
        scales: [{ kind: 'ONE_OF', scale: 'A–F', grades: ['A', 'B'] }],
        acceptsPassed: false,
      },
      {},
    ],
    [
      {
        kind: 'GRADE',
        scales: [{ kind: 'ONE_OF', scale: 'A–F', grades: ['A', 'B'] }],
        acceptsPassed: true,
      },
      { grade: { value: 'A', scale: 'another' } },
    ],
  ])('%o is left out with that reason: %o', (condition, part) => {
    const award = awardOf('a', part)
    expect(decide(ruleOf({ eligible: [condition] }), [award])).toMatchObject({
      outcome: 'NOT',
      excluded: [
        { awardId: award.id, reasons: [{ code: 'NOT_ELIGIBLE', condition: condition.kind }] },
      ],
    })
  })
})

describe('an award is left out', () => {
  const reasonsOf = (
    awards: readonly StackableAward[],
    index: number,
    ...rest: [Parameters<typeof ruleOf>[0]?, Parameters<typeof decide>[2]?]
  ) => {
    const decision = decide(ruleOf(rest[0]), awards, rest[1])
    return decision.excluded.find(({ awardId }) => awardId === awards[index]?.id)?.reasons
  }
  const elsewhere = 'alliance:stackedcredential:other' as StackedCredentialId

  it('with every reason there is', () => {
    const award = awardOf('a', {
      status: 'SUPERSEDED',
      supersededBy: 'dcu:award:b' as AwardId,
      awardedOn: '2026-01-01',
    })
    const usedElsewhere = new Map([[award.id, elsewhere]])
    expect(reasonsOf([award], 0, {}, { usedElsewhere })).toEqual([
      { code: 'SUPERSEDED', by: 'dcu:award:b' },
      { code: 'NOT_YET_AWARDED', awardedOn: '2026-01-01' },
      { code: 'USED_ELSEWHERE', by: elsewhere },
    ])
  })

  it.each(['REVOKED', 'SUSPENDED'] as const)('when it is %s', (status) => {
    expect(reasonsOf([awardOf('a', { status })], 0)).toEqual([{ code: status }])
  })

  it('when it counts elsewhere, unless the rule allows it', () => {
    const award = awardOf('a')
    const context = { usedElsewhere: new Map([[award.id, elsewhere]]) }
    expect(decide(ruleOf(), [award], context).uses).toEqual([])
    expect(decide(ruleOf({ creditUse: 'SHARED' }), [award], context).uses).toHaveLength(1)
  })

  it('when what it builds on was awarded later, was revoked, or never', () => {
    const prerequisites = [
      { microCredentialId: microCredentialOf('b'), requires: [microCredentialOf('a')] },
    ]
    const late = awardOf('a', { awardedOn: '2025-06-01' })
    const missing = [{ code: 'PREREQUISITE_MISSING', missing: [microCredentialOf('a')] }]
    expect(reasonsOf([late, awardOf('b')], 1, { prerequisites })).toEqual(missing)
    expect(
      reasonsOf([awardOf('a', { status: 'REVOKED' }), awardOf('b')], 1, { prerequisites }),
    ).toEqual(missing)
    expect(reasonsOf([awardOf('b')], 0, { prerequisites })).toEqual(missing)
    expect(decide(ruleOf({ prerequisites }), [awardOf('a'), awardOf('b')]).outcome).toBe(
      'FULFILLED',
    )
  })

  it('when the same counts already, by micro-credential or by opportunity', () => {
    const again = awardOf('a', { id: 'dcu:award:again' as AwardId, awardedOn: '2025-05-01' })
    expect(reasonsOf([awardOf('a'), again], 1)).toEqual([
      { code: 'SAME_AS', awardId: 'dcu:award:a' },
    ])
    const renamed = awardOf('z', {
      opportunityId: 'dcu:opportunity:a' as OpportunityId,
      awardedOn: '2025-05-01',
    })
    expect(reasonsOf([awardOf('a'), renamed], 1)).toEqual([
      { code: 'SAME_AS', awardId: 'dcu:award:a' },
    ])
  })

  it.each<[StackLimit, object]>([
    [
      { kind: 'MAX_FROM_ONE', id: 'l', by: 'MEMBER', ects: '5' },
      { code: 'LIMIT_REACHED', limitId: 'l' },
    ],
    [
      { kind: 'MAX_FROM_ONE', id: 'l', by: 'JURISDICTION', ects: '9.9' },
      { code: 'LIMIT_REACHED', limitId: 'l' },
    ],
    [
      { kind: 'MAX_ECTS', id: 'l', ects: '5', where: [{ kind: 'FIELD', anyOf: ['061'] }] },
      { code: 'LIMIT_REACHED', limitId: 'l' },
    ],
    [
      { kind: 'MAX_SHARE', id: 'l', percent: '50', ofEcts: '10', where: [] },
      { code: 'LIMIT_REACHED', limitId: 'l' },
    ],
    [
      { kind: 'MAX_OVERLAP', id: 'l', percent: '50' },
      { code: 'OVERLAPS', limitId: 'l', awardId: 'dcu:award:a' },
    ],
  ])('when %o would be broken', (limit, reason) => {
    const learningOutcomes = awardOf('a').learningOutcomes
    const awards = [awardOf('a'), awardOf('b', { awardedOn: '2025-05-01', learningOutcomes })]
    expect(reasonsOf(awards, 1, { limits: [limit] })).toEqual([reason])
  })

  it('when it is not needed, or nothing asks for it', () => {
    const awards = [
      awardOf('a'),
      awardOf('b'),
      awardOf('c', { awardedOn: '2025-09-01' }),
      awardOf('d', { ects: '0' }),
    ]
    expect(reasonsOf(awards, 2)).toEqual([{ code: 'NOT_NEEDED' }])
    expect(reasonsOf(awards, 3)).toEqual([{ code: 'SERVES_NO_REQUIREMENT' }])
  })
})
