/**
 * Keeps the load of members bounded while there is no Redis to share answers through: each process then has to fetch
 * by itself what others would have fetched for it.
 */
export interface MemberBudgets {
  /** @param isLimited - Whether the limit holds now. Calls beyond it wait for others to end. */
  run<Result>(member: string, isLimited: boolean, work: () => Promise<Result>): Promise<Result>
  /**
   * Whether something stale may be fetched anew without Redis. About as often as this process did so with Redis: then
   * all processes together do so about as often as before.
   */
  mayRefresh(member: string): boolean
}

export interface MemberBudgetsOptions {
  /** Most calls to one member at a time. */
  readonly limit: number
  /** Milliseconds of a steady clock. */
  readonly now: () => number
}

interface Budget {
  running: number
  readonly waiting: (() => void)[]
  /** Calls per second, averaged over the last half minute. */
  rate: number
  ratedAt: number
  tokens: number
  refilledAt: number
}

const averagedMs = 30_000
const mostTokens = 2

export function createMemberBudgets({ limit, now }: MemberBudgetsOptions): MemberBudgets {
  const budgets = new Map<string, Budget>()

  function budgetOf(member: string): Budget {
    let budget = budgets.get(member)
    if (budget === undefined) {
      const at = now()
      budget = { running: 0, waiting: [], rate: 0, ratedAt: at, tokens: 1, refilledAt: at }
      budgets.set(member, budget)
    }
    return budget
  }

  /** Notes one call, as an average that forgets. */
  function count(budget: Budget): void {
    const at = now()
    budget.rate = budget.rate * Math.exp((budget.ratedAt - at) / averagedMs) + 1_000 / averagedMs
    budget.ratedAt = at
  }

  return {
    async run(member, isLimited, work) {
      const budget = budgetOf(member)
      if (isLimited && budget.running >= limit) {
        await new Promise<void>((resolve) => budget.waiting.push(resolve))
      }
      // What is fetched without Redis must not raise the budget for it.
      if (!isLimited) count(budget)
      budget.running += 1
      try {
        return await work()
      } finally {
        budget.running -= 1
        budget.waiting.shift()?.()
      }
    },
    mayRefresh(member) {
      const budget = budgetOf(member)
      const at = now()
      budget.tokens = Math.min(
        mostTokens,
        budget.tokens + ((at - budget.refilledAt) / 1_000) * budget.rate,
      )
      budget.refilledAt = at
      if (budget.tokens < 1) return false
      budget.tokens -= 1
      return true
    },
  }
}
