import { describe, expect, it } from 'vitest'
import type { AwardId } from '../../../../schema/index.js'
import { evaluateStack } from './evaluate-stack.js'
import type { Requirement } from './requirement.js'
import { awardOf, decide, microCredentialOf, ruleOf } from './stack.fixture.js'
import type { StackableAward } from './stack-evaluation.js'

const named = { id: 'r', titles: null, use: 'SHARED' as const }
const [a, b, c] = ['a', 'b', 'c'].map(microCredentialOf)
const ids = [a, b, c].flatMap((id) => id ?? [])
const skilled = (en: string) => [
  { titles: { en: 'Something' }, skills: [{ escoUri: null, titles: { en } }] },
]

describe('a requirement', () => {
  it.each<[string, Requirement, readonly StackableAward[], string, readonly string[]]>([
    [
      'counts credits exactly',
      { ...named, kind: 'MIN_ECTS', ects: '0.7', where: [] },
      [awardOf('a', { ects: '0.1' }), awardOf('b', { ects: '0.2' })],
      '0.4',
      [],
    ],
    [
      'counts credits at a level',
      { ...named, kind: 'MIN_ECTS', ects: '10', where: [{ kind: 'LEVEL', atLeast: 7 }] },
      [awardOf('a', { eqfLevel: 7 }), awardOf('b'), awardOf('c', { eqfLevel: null })],
      '5',
      [],
    ],
    [
      'takes a share of a fixed size',
      {
        ...named,
        kind: 'MIN_SHARE',
        percent: '75',
        ofEcts: '30',
        where: [{ kind: 'FIELD', anyOf: ['06'] }],
      },
      [awardOf('a'), awardOf('b', { iscedF: ['0713'] })],
      '17.5',
      [],
    ],
    [
      'names what is missing of all',
      { ...named, kind: 'ALL_OF', microCredentialIds: ids },
      [awardOf('b')],
      '2',
      [ids[0] ?? '', ids[2] ?? ''],
    ],
    [
      'offers what is left to choose',
      { ...named, kind: 'CHOOSE', count: 2, from: ids },
      [awardOf('c')],
      '1',
      [ids[0] ?? '', ids[1] ?? ''],
    ],
    [
      'counts one of a kind once',
      { ...named, kind: 'CHOOSE', count: 2, from: ids },
      [awardOf('c'), awardOf('c', { id: 'dcu:award:again' as AwardId })],
      '1',
      [ids[0] ?? '', ids[1] ?? ''],
    ],
    [
      'finds skills by name, whatever their case',
      { id: 'r', titles: null, kind: 'OUTCOMES', allOf: ['statistics', 'Leadership'] },
      [awardOf('a', { learningOutcomes: skilled('Statistics') })],
      '1',
      ['Leadership'],
    ],
    [
      'counts awards without credits',
      { ...named, kind: 'MIN_AWARDS', count: 2, where: [{ kind: 'CAPSTONE' }] },
      [awardOf('a', { ects: '0', isCapstone: true }), awardOf('b')],
      '1',
      [],
    ],
    [
      'counts members',
      { id: 'r', titles: null, kind: 'DISTINCT', by: 'MEMBER', count: 3, where: [] },
      [awardOf('a'), awardOf('b'), awardOf('c', { awardingMember: 'liu' })],
      '1',
      [],
    ],
    [
      'counts jurisdictions',
      { id: 'r', titles: null, kind: 'DISTINCT', by: 'JURISDICTION', count: 2, where: [] },
      [awardOf('a'), awardOf('c', { awardingMember: 'liu' })],
      '1',
      [],
    ],
    [
      'asks for credits of the one that awards the whole',
      { ...named, kind: 'RESIDENCY', member: 'liu', ects: '7.5' },
      [awardOf('a'), awardOf('c', { awardingMember: 'liu' })],
      '2.5',
      [],
    ],
    [
      'follows the order of awarding',
      { id: 'r', titles: null, kind: 'SEQUENCE', steps: ids.map((id) => [id]) },
      [
        awardOf('a', { awardedOn: '2025-02-01' }),
        awardOf('b', { awardedOn: '2025-01-01' }),
        awardOf('c', { awardedOn: '2025-03-01' }),
      ],
      '2',
      [ids[1] ?? ''],
    ],
  ])('%s', (_, requirement, awards, missing, missingItems) => {
    const decision = decide(ruleOf({ requirements: [requirement] }), awards)
    expect(decision.requirements[0]).toMatchObject({ isMet: false, missing, missingItems })
    expect(decision.outcome).toBe('PARTLY')
  })

  it('is met by what is exactly enough', () => {
    const rule = ruleOf({ requirements: [{ ...named, kind: 'MIN_ECTS', ects: '0.3', where: [] }] })
    const decision = decide(rule, [awardOf('a', { ects: '0.1' }), awardOf('b', { ects: '0.2' })])
    expect(decision).toMatchObject({ outcome: 'FULFILLED', ectsCounted: '0.3' })
    expect(decision.requirements[0]).toMatchObject({
      isMet: true,
      need: '0.3',
      have: '0.3',
      missing: '0',
    })
  })
})

describe('single use', () => {
  const single = { titles: null, use: 'SINGLE' as const }
  it('gives each award to the requirement that needs it most, where taking the first fit would fail', () => {
    const rule = ruleOf({
      requirements: [
        { ...single, id: 'any', kind: 'MIN_ECTS', ects: '5', where: [] },
        { ...single, id: 'capstone', kind: 'MIN_AWARDS', count: 1, where: [{ kind: 'CAPSTONE' }] },
      ],
    })
    const decision = decide(rule, [awardOf('a', { isCapstone: true }), awardOf('b')])
    expect(decision.outcome).toBe('FULFILLED')
    expect(decision.uses.map(({ awardId, requirementIds }) => [awardId, requirementIds])).toEqual([
      ['dcu:award:a', ['capstone']],
      ['dcu:award:b', ['any']],
    ])
  })

  it('never splits an award', () => {
    const half = (id: string) => ({
      ...single,
      id,
      kind: 'MIN_ECTS' as const,
      ects: '5',
      where: [],
    })
    const decision = decide(ruleOf({ requirements: [half('one'), half('two')] }), [
      awardOf('a', { ects: '10' }),
    ])
    expect(decision.requirements.map(({ isMet }) => isMet)).toEqual([true, false])
  })
})

describe('evaluation', () => {
  it('does not depend on the order of the awards', () => {
    const awards = ['a', 'b', 'c', 'd'].map((key, index) =>
      awardOf(key, { ects: String(index + 2) }),
    )
    expect(decide(ruleOf(), [...awards].reverse())).toEqual(decide(ruleOf(), awards))
  })

  it('keeps a complete stack as it is when a new award comes', () => {
    const before = decide(ruleOf(), [awardOf('a'), awardOf('b')])
    const after = decide(ruleOf(), [
      awardOf('a'),
      awardOf('b'),
      awardOf('c', { ects: '10', awardedOn: '2025-11-01' }),
    ])
    expect(after.uses).toEqual(before.uses)
  })

  it('says whether the rule is in force', () => {
    const rule = ruleOf({ inForceFrom: '2026-01-01' })
    expect(decide(rule, []).isRuleInForce).toBe(false)
    expect(decide(rule, [], { date: '2026-01-01' }).isRuleInForce).toBe(true)
    expect(decide(ruleOf({ inForceUntil: '2025-12-30' }), []).isRuleInForce).toBe(false)
  })

  it('gives no answer rather than a guess when a bound is passed', () => {
    const context = { date: '2025-12-31' }
    const many = Array.from({ length: 1_001 }, (_, index) => awardOf(`m${index}`))
    expect(evaluateStack(ruleOf(), many, context)).toMatchObject({
      kind: 'UNDECIDED',
      code: 'TOO_MANY_AWARDS',
      limit: 1_000,
    })
    const fine = [awardOf('a', { ects: '0.0000001' })]
    expect(evaluateStack(ruleOf(), fine, context)).toMatchObject({
      kind: 'UNDECIDED',
      code: 'TOO_PRECISE',
    })
    // Seven bins of 10 from awards of 6: enough credits in sum, and none of the bounds sees that it cannot be.
    const bins = Array.from({ length: 7 }, (_, index) => ({
      ...{ id: `bin-${index}`, titles: null, use: 'SINGLE' as const },
      kind: 'MIN_ECTS' as const,
      ects: '10',
      where: [],
    }))
    const sixes = Array.from({ length: 12 }, (_, index) =>
      awardOf(`six${index}`, { ects: `6.${index + 1}` }),
    )
    expect(
      evaluateStack(ruleOf({ requirements: bins }), sixes, { ...context, maxSteps: 50 }),
    ).toMatchObject({
      kind: 'UNDECIDED',
      code: 'SEARCH_BOUND_EXCEEDED',
      limit: 50,
    })
  })
})
