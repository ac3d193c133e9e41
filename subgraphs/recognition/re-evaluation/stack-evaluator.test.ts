import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { compileStack } from '../domain/evaluate-all-stacks.js'
import { evaluateLearners, type LearnerHistory } from '../domain/evaluate-learners.js'
import { buildRandomStack, createRandom } from '../domain/stacking/random-stacks.fixture.js'
import { ruleOf } from '../domain/stacking/stack.fixture.js'
import { decodeEvaluations, encodeEvaluations } from './encode-evaluations.js'
import { decodeHistories, encodeHistories } from './encode-histories.js'
import { createStackEvaluator } from './stack-evaluator.js'

const threadModule = pathToFileURL('.build/subgraphs/recognition/re-evaluation/thread/main.js')
const date = '2025-12-31'
const stacks = [
  ruleOf({ limits: [{ kind: 'MAX_FROM_ONE', id: 'l', by: 'MEMBER', ects: '5' }] }),
  ruleOf({
    id: 'alliance:stackedcredential:other' as ReturnType<typeof ruleOf>['id'],
    requirements: [
      {
        kind: 'MIN_AWARDS',
        id: 'capstone',
        titles: null,
        use: 'SINGLE',
        count: 1,
        where: [{ kind: 'CAPSTONE' }],
      },
    ],
  }),
].map(compileStack)

function buildHistories(count: number, seed: number): LearnerHistory[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, index) => ({
    awards: buildRandomStack(random, 8).awards.map((award, place) => ({
      ...award,
      grade: place % 3 === 0 ? { value: 'B', scale: 'A–F' } : null,
    })),
    completedAt: index % 2 === 0 && stacks[1] ? [[stacks[1].id, '2025-01-01T00:00:00.000Z']] : [],
  }))
}
const histories = buildHistories(90, 3)

const evaluator = createStackEvaluator({ threads: 2, threadModule })
afterAll(() => evaluator.rest())

describe('createStackEvaluator', () => {
  it.each([0, 1, 3])('answers in the order of the learners with %i threads', async (threads) => {
    const own = createStackEvaluator({ threads, threadModule })
    const expected = evaluateLearners(stacks, histories, date)
    expect(
      new Set(expected.flat().map((one) => 'outcome' in one && one.outcome)).size,
    ).toBeGreaterThan(1)
    expect(await own.evaluate(stacks, histories, date)).toEqual(expected)
    await own.rest()
  })

  it('keeps batches apart that are under way at once, and takes up a new date or rule', async () => {
    const later = '2027-06-30'
    const others = buildHistories(40, 9)
    const [first, second, third] = await Promise.all([
      evaluator.evaluate(stacks, histories, date),
      evaluator.evaluate(stacks, others, later),
      evaluator.evaluate(stacks.slice(0, 1), others, later),
    ])
    expect(first).toEqual(evaluateLearners(stacks, histories, date))
    expect(second).toEqual(evaluateLearners(stacks, others, later))
    expect(third).toEqual(evaluateLearners(stacks.slice(0, 1), others, later))
  })

  it('works again after it rested', async () => {
    await evaluator.rest()
    expect(await evaluator.evaluate(stacks, histories, date)).toHaveLength(histories.length)
  })

  it('fails when a thread cannot run', async () => {
    const missing = new URL('no-such-module.js', threadModule)
    const broken = createStackEvaluator({ threads: 1, threadModule: missing })
    await expect(broken.evaluate(stacks, histories, date)).rejects.toThrow('an evaluation thread')
  })
})

describe('encodeHistories', () => {
  it('loses nothing, and writes what awards of one definition share once', () => {
    expect(decodeHistories(encodeHistories(histories))).toEqual(histories)
    const [history] = histories
    const many = Array.from({ length: 100 }, () => history as LearnerHistory)
    const text = encodeHistories(many)
    expect(text.length).toBeLessThan(JSON.stringify(many).length / 4)
  })
})

describe('encodeEvaluations', () => {
  it('loses nothing of what any rule can say', () => {
    const random = createRandom(11)
    for (let instance = 0; instance < 500; instance += 1) {
      const { rule, awards } = buildRandomStack(random, 6)
      const compiled = [compileStack(rule)]
      const given = [{ awards, completedAt: [] }]
      const evaluated = evaluateLearners(compiled, given, date)
      const text = encodeEvaluations(compiled, given, evaluated)
      expect(decodeEvaluations(text, compiled, { histories: given, date })).toEqual(evaluated)
    }
  })
})
