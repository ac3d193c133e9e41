import { describe, expect, it } from 'vitest'
import { createRetryBudget, type RetryBudget } from './retry-budget.js'

const rules = { retriesPerRequest: 0.2, floor: 3, ceiling: 10 }

function spendAll(budget: RetryBudget): number {
  let spent = 0
  while (budget.spend()) spent += 1
  return spent
}

describe('retry budget', () => {
  it('starts with its floor and then allows one retry for five requests', () => {
    const budget = createRetryBudget(rules, () => 0)
    expect(spendAll(budget)).toBe(3)
    let retries = 0
    for (let request = 0; request < 1_000; request += 1) {
      budget.earn()
      if (budget.spend()) retries += 1
    }
    expect(retries).toBeGreaterThan(195)
    expect(retries).toBeLessThanOrEqual(200)
  })

  it('saves up no more than its ceiling', () => {
    const budget = createRetryBudget(rules, () => 0)
    for (let request = 0; request < 1_000; request += 1) budget.earn()
    expect(spendAll(budget)).toBe(10)
  })

  it('gives one retry a second back, up to its floor, to a subgraph seldom asked', () => {
    let now = 0
    const budget = createRetryBudget(rules, () => now)
    spendAll(budget)
    now = 1_000
    expect(spendAll(budget)).toBe(1)
    now = 3_600_000
    expect(spendAll(budget)).toBe(3)
  })
})
