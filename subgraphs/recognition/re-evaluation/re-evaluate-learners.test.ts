import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { LearnerId } from '../../../schema/index.js'
import { compileRule } from '../domain/stacking/compile-rule.js'
import { evaluateBatch, type LearnerHistory } from '../domain/stacking/evaluate-batch.js'
import { buildRandomStack, createRandom } from '../domain/stacking/random-stacks.fixture.js'
import { ruleOf } from '../domain/stacking/stack.fixture.js'
import { reEvaluateLearners } from './re-evaluate-learners.js'

const threadModule = pathToFileURL('.build/subgraphs/recognition/re-evaluation/thread/main.js')
const date = '2025-12-31'
const rule = ruleOf({
  limits: [{ kind: 'MAX_FROM_ONE', id: 'l', by: 'MEMBER', ects: '5' }],
  requirements: [
    { kind: 'MIN_ECTS', id: 'size', titles: null, use: 'SHARED', ects: '7.5', where: [] },
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
      use: 'SINGLE',
      count: 1,
      from: buildRandomStack(createRandom(1), 6).awards.map(
        ({ microCredentialId }) => microCredentialId,
      ),
    },
  ],
})

function buildBatches(count: number, size: number): LearnerHistory[][] {
  const random = createRandom(3)
  return Array.from({ length: count }, (_, batch) =>
    Array.from({ length: size }, (__, index) => {
      const { awards, usedElsewhere } = buildRandomStack(random, 8)
      const learnerId = `alliance:learner:${batch}-${index}` as LearnerId
      return { learnerId, awards, usedElsewhere: [...usedElsewhere] }
    }),
  )
}
const batches = buildBatches(12, 20)

async function collect<Value>(source: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = []
  for await (const value of source) all.push(value)
  return all
}

describe('reEvaluateLearners', () => {
  it.each([0, 1, 3])('answers in the order of the batches with %i threads', async (threads) => {
    const expected = batches.map((batch) => evaluateBatch(compileRule(rule), batch, date))
    expect(new Set(expected.flat().map(({ outcome }) => outcome)).size).toBeGreaterThan(1)
    expect(
      await collect(reEvaluateLearners(batches, { rule, date, threads, threadModule })),
    ).toEqual(expected)
  })

  it('reads no batch before there is room for it', async () => {
    let read = 0
    let answered = 0
    let ahead = 0
    function* counted() {
      for (const batch of batches) {
        read += 1
        ahead = Math.max(ahead, read - answered)
        yield batch
      }
    }
    for await (const _ of reEvaluateLearners(counted(), { rule, date, threads: 2, threadModule }))
      answered += 1
    expect(answered).toBe(batches.length)
    expect(ahead).toBeLessThanOrEqual(5)
  })

  it('passes on what reading a batch throws', async () => {
    function* failing() {
      yield batches[0] ?? []
      throw new Error('the database went away')
    }
    await expect(
      collect(reEvaluateLearners(failing(), { rule, date, threads: 1, threadModule })),
    ).rejects.toThrow('the database went away')
  })

  it('fails when a thread cannot run', async () => {
    const missing = new URL('no-such-module.js', threadModule)
    await expect(
      collect(reEvaluateLearners(batches, { rule, date, threads: 1, threadModule: missing })),
    ).rejects.toThrow('an evaluation thread')
  })
})
