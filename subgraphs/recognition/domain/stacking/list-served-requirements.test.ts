import { expect, it } from 'vitest'
import { compileRule } from './compile-rule.js'
import { listServedRequirements } from './list-served-requirements.js'
import { awardOf, microCredentialOf, ruleOf } from './stack.fixture.js'

const date = '2025-12-31'
const shared = { titles: null, use: 'SHARED' } as const
const compiled = compileRule(
  ruleOf({
    eligible: [{ kind: 'LEVEL', atLeast: 6 }],
    requirements: [
      { ...shared, kind: 'MIN_ECTS', id: 'size', ects: '10', where: [] },
      { ...shared, kind: 'MIN_AWARDS', id: 'capstone', count: 1, where: [{ kind: 'CAPSTONE' }] },
      { ...shared, kind: 'CHOOSE', id: 'choice', count: 1, from: [microCredentialOf('a')] },
      { id: 'order', titles: null, kind: 'SEQUENCE', steps: [[microCredentialOf('b')]] },
    ],
  }),
)

it.each([
  ['credits and a choice', awardOf('a'), ['size', 'choice']],
  ['a step of a sequence', awardOf('b'), ['size', 'order']],
  [
    'no credits where an award bears none',
    awardOf('c', { ects: '0', isCapstone: true }),
    ['capstone'],
  ],
  ['nothing where it is not eligible', awardOf('a', { eqfLevel: 5 }), []],
])('names %s', (_, award, expected) => {
  expect(listServedRequirements(compiled, award, date)).toEqual(expected)
})
