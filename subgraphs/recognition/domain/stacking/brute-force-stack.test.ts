import { expect, test } from 'vitest'
import { solveByBruteForce } from './brute-force-stack.fixture.js'
import { evaluateStack } from './evaluate-stack.js'
import { buildRandomStack, createRandom, type RandomStack } from './random-stacks.fixture.js'

test('evaluates 10,000 random small stacks exactly as trying every way to count them does', () => {
  const random = createRandom(20_261_125)
  const outcomes = { FULFILLED: 0, PARTLY: 0, NOT: 0 }
  for (let instance = 0; instance < 10_000; instance += 1) {
    const stack = buildRandomStack(random, 6)
    const { outcome, ...answer } = evaluate(stack)
    outcomes[outcome] += 1
    const expected = solveByBruteForce(stack)
    if (
      JSON.stringify(answer) ===
      JSON.stringify({ missing: expected.missing, counting: sorted(expected.counting) })
    )
      continue
    expect(answer, `instance ${instance}: ${JSON.stringify(stack)}`).toEqual({
      missing: expected.missing,
      counting: sorted(expected.counting),
    })
  }
  // A generator that only made easy ones would prove little.
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(500)
}, 120_000)

function evaluate({ rule, awards, date, usedElsewhere }: RandomStack) {
  const decision = evaluateStack(rule, awards, { date, usedElsewhere })
  if (decision.kind === 'UNDECIDED') throw new Error(decision.code)
  const singles = new Set(
    rule.requirements.flatMap((r) => ('use' in r && r.use === 'SINGLE' ? [r.id] : [])),
  )
  const uses = decision.uses.map(
    ({ awardId, requirementIds }) =>
      [awardId, requirementIds.find((id) => singles.has(id)) ?? null] as const,
  )
  return {
    outcome: decision.outcome,
    missing: decision.requirements.map(({ missing, unit }) =>
      unit === 'ECTS' ? Math.round(Number(missing) * 1_000) : Number(missing),
    ),
    counting: sorted(new Map(uses)),
  }
}

function sorted<Value>(map: ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
