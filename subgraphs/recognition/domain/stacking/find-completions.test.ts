import { describe, expect, it } from 'vitest'
import type { OpportunityId } from '../../../../schema/index.js'
import type { CompletionCandidate } from './completion.js'
import { evaluateStack } from './evaluate-stack.js'
import { findCompletions } from './find-completions.js'
import { toFutureAward } from './future-award.js'
import { buildRandomStack, createRandom, type RandomStack } from './random-stacks.fixture.js'
import { awardOf, microCredentialOf, ruleOf } from './stack.fixture.js'

const date = '2025-12-31'
function candidateOf(key: string, part: Partial<CompletionCandidate> = {}): CompletionCandidate {
  const {
    id: _,
    awardedOn: __,
    grade: ___,
    status: ____,
    supersededBy: _____,
    ...rest
  } = awardOf(key, part)
  return { ...rest, expectedOn: '2026-06-30', ...part }
}
const keysOf = (found: ReturnType<typeof findCompletions>) =>
  found.kind === 'FOUND'
    ? found.sets.map(({ members }) => members.map((m) => m.opportunityId.split(':').at(-1)))
    : found

describe('findCompletions', () => {
  it('finds the smallest sets, those of fewest credits first', () => {
    const candidates = [
      candidateOf('a', { ects: '10' }),
      candidateOf('b', { ects: '5' }),
      candidateOf('c', { ects: '6' }),
      candidateOf('d', { ects: '3' }),
    ]
    const found = findCompletions(ruleOf(), [awardOf('z')], candidates, { date })
    expect(keysOf(found)).toEqual([['b'], ['c'], ['a']])
    expect(found).toMatchObject({ size: 1, isAll: true })
    expect(
      findCompletions(ruleOf(), [awardOf('z')], candidates, { date, maxSets: 2 }),
    ).toMatchObject({ isAll: false })
  })

  it('tells what is complete already from what cannot be completed', () => {
    expect(findCompletions(ruleOf(), [awardOf('y'), awardOf('z')], [], { date })).toEqual({
      kind: 'ALREADY_FULFILLED',
    })
    expect(
      findCompletions(ruleOf(), [awardOf('z')], [candidateOf('a', { ects: '4.9' })], { date }),
    ).toEqual({ kind: 'NONE' })
  })

  it('does not offer what the learner has already', () => {
    expect(findCompletions(ruleOf(), [awardOf('z')], [candidateOf('z')], { date })).toEqual({
      kind: 'NONE',
    })
  })

  it('evaluates on the day of completion, when old awards may have expired', () => {
    const rule = ruleOf({ eligible: [{ kind: 'RECENCY', months: 12 }] })
    const old = awardOf('z', { awardedOn: '2025-03-01' })
    expect(findCompletions(rule, [old], [candidateOf('a')], { date })).toMatchObject({
      kind: 'NONE',
    })
    expect(
      keysOf(
        findCompletions(rule, [old], [candidateOf('a', { expectedOn: '2026-02-28' })], { date }),
      ),
    ).toEqual([['a']])
  })

  it('adds what a prerequisite asks for', () => {
    const rule = ruleOf({
      prerequisites: [
        { microCredentialId: microCredentialOf('b'), requires: [microCredentialOf('intro')] },
      ],
      requirements: [
        {
          kind: 'ALL_OF',
          id: 'r',
          titles: null,
          use: 'SHARED',
          microCredentialIds: [microCredentialOf('b')],
        },
      ],
    })
    const candidates = [
      candidateOf('b'),
      candidateOf('intro', { ects: '0', expectedOn: '2026-03-01' }),
    ]
    expect(keysOf(findCompletions(rule, [], candidates, { date }))).toEqual([['intro', 'b']])
  })

  it('gives no answer rather than a guess when the bound is passed', () => {
    const candidates = Array.from({ length: 40 }, (_, index) =>
      candidateOf(`c${index}`, { ects: `2.${index + 10}` }),
    )
    expect(findCompletions(ruleOf(), [], candidates, { date, maxSteps: 3 })).toMatchObject({
      kind: 'UNDECIDED',
      code: 'SEARCH_BOUND_EXCEEDED',
    })
    const small = candidates.map((candidate) => ({ ...candidate, ects: '1' }))
    expect(findCompletions(ruleOf(), [], small, { date, maxSize: 4 })).toEqual({
      kind: 'UNDECIDED',
      code: 'SETS_TOO_LARGE',
      limit: 4,
    })
  })

  it('finds among hundreds of offerings of several members what completes a stack', () => {
    const rule = ruleOf({
      requirements: [
        { kind: 'MIN_ECTS', id: 'size', titles: null, use: 'SHARED', ects: '15', where: [] },
        { kind: 'DISTINCT', id: 'members', titles: null, by: 'MEMBER', count: 3, where: [] },
      ],
    })
    const candidates = Array.from({ length: 400 }, (_, index) =>
      candidateOf(`c${index}`, {
        awardingMember: `member${index % 13}`,
        ects: String(1 + (index % 5)),
      }),
    )
    expect(findCompletions(rule, [awardOf('z')], candidates, { date })).toMatchObject({
      kind: 'FOUND',
      size: 2,
      isAll: false,
    })
  })

  it('agrees with trying every set of candidates on 600 random stacks', () => {
    const random = createRandom(20_261_126)
    const seen = { FOUND: 0, NONE: 0, ALREADY_FULFILLED: 0, UNDECIDED: 0 }
    for (let instance = 0; instance < 600; instance += 1) {
      const stack = buildRandomStack(random, 4)
      const candidates = buildRandomStack(random, 5).awards.map(
        (award, index): CompletionCandidate => {
          const {
            id: _,
            awardedOn: __,
            grade: ___,
            status: ____,
            supersededBy: _____,
            ...rest
          } = award
          return {
            ...rest,
            opportunityId: `${rest.opportunityId}-${index}` as OpportunityId,
            expectedOn: `2026-0${index + 1}-15`,
          }
        },
      )
      const found = findCompletions(stack.rule, stack.awards, candidates, {
        date: stack.date,
        usedElsewhere: stack.usedElsewhere,
        maxSets: 100,
      })
      seen[found.kind] += 1
      const sets =
        found.kind === 'FOUND'
          ? found.sets
              .map(({ members }) =>
                members
                  .map((m) => m.opportunityId)
                  .sort()
                  .join(' '),
              )
              .sort()
          : found.kind
      expect(sets, `instance ${instance}: ${JSON.stringify({ ...stack, candidates })}`).toEqual(
        tryEverySet(stack, candidates),
      )
    }
    expect(Math.min(seen.FOUND, seen.NONE, seen.ALREADY_FULFILLED)).toBeGreaterThan(30)
    expect(seen.UNDECIDED).toBe(0)
  }, 60_000)
})

/** All smallest sets that complete, as sorted opportunity ids; or why there is none. */
function tryEverySet(
  { rule, awards, date, usedElsewhere }: RandomStack,
  candidates: readonly CompletionCandidate[],
) {
  const held = awards.filter(({ awardedOn }) => awardedOn <= date)
  const outcomeOf = (set: readonly CompletionCandidate[]) => {
    const last = set.reduce(
      (latest, { expectedOn }) => (expectedOn > latest ? expectedOn : latest),
      date,
    )
    const result = evaluateStack(rule, [...held, ...set.map(toFutureAward)], {
      date: last,
      usedElsewhere,
    })
    return result.kind === 'DECIDED' && result.outcome === 'FULFILLED'
  }
  if (outcomeOf([])) return 'ALREADY_FULFILLED'
  let best: string[] = []
  let size = Number.POSITIVE_INFINITY
  for (let bits = 1; bits < 2 ** candidates.length; bits += 1) {
    const set = candidates.filter((_, index) => (bits & (1 << index)) !== 0)
    if (set.length > size || !outcomeOf(set)) continue
    if (set.length < size) best = []
    size = set.length
    best.push(
      set
        .map(({ opportunityId }) => opportunityId)
        .sort()
        .join(' '),
    )
  }
  return best.length === 0 ? 'NONE' : best.sort()
}
