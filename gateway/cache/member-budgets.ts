/** Limits how many calls to one member are made at a time while there is no Redis to share answers through. */
export interface MemberBudgets {
  /** @param isLimited - Whether the limit holds now. Calls beyond it wait for others to end. */
  run<Result>(member: string, isLimited: boolean, work: () => Promise<Result>): Promise<Result>
}

interface Budget {
  running: number
  readonly waiting: (() => void)[]
}

/** @param limit - Most calls to one member at a time. */
export function createMemberBudgets(limit: number): MemberBudgets {
  const budgets = new Map<string, Budget>()

  return {
    async run(member, isLimited, work) {
      const budget = budgets.get(member) ?? { running: 0, waiting: [] }
      budgets.set(member, budget)
      if (isLimited && budget.running >= limit) {
        await new Promise<void>((resolve) => budget.waiting.push(resolve))
      }
      budget.running += 1
      try {
        return await work()
      } finally {
        budget.running -= 1
        budget.waiting.shift()?.()
      }
    },
  }
}
