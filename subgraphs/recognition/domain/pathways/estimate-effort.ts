import { compareDecimals, type DecimalText, sumDecimals } from '../decimal.js'
import type { PathwayStep } from '../learning-pathway.js'
import type { Offer } from './offer.js'
import type { Effort, StepProgress } from './pathway-progress.js'

/**
 * Adds up hours and prices of required steps. For each step the cheapest and dearest choice of as many opportunities as
 * it still takes; an opportunity costs what its cheapest run does.
 */
export function estimateEffort(
  steps: readonly PathwayStep[],
  progress: readonly StepProgress[],
  offers: readonly Offer[],
): Effort {
  let hours: { minimum: number; maximum: number } | null = { minimum: 0, maximum: 0 }
  const costs = new Map<string, { minimum: DecimalText[]; maximum: DecimalText[] }>()
  let isCostPartial = false
  for (const step of steps.filter(({ required }) => required)) {
    const known = progress.find(({ position }) => position === step.position)
    const count = known?.missing ?? step.chooseAtLeast
    const choices =
      known?.alternatives.map(({ opportunityId }) => opportunityId) ?? step.opportunityIds
    const runs = choices.map((id) => offers.filter(({ opportunityId }) => opportunityId === id))
    const workloads = runs.map(
      (list) => list.find(({ workloadHours }) => workloadHours !== null)?.workloadHours ?? null,
    )
    const stated = workloads.filter((value) => value !== null).sort((a, b) => a - b)
    if (stated.length < workloads.length) hours = null
    else if (hours !== null) {
      hours.minimum += stated.slice(0, count).reduce((sum, value) => sum + value, 0)
      hours.maximum += stated.slice(stated.length - count).reduce((sum, value) => sum + value, 0)
    }
    const prices = runs.flatMap((list) => cheapest(list) ?? [])
    if (prices.length < runs.length) isCostPartial = true
    const currencies = new Set(prices.map(({ currency }) => currency))
    for (const currency of currencies) {
      const amounts = prices
        .filter((price) => price.currency === currency)
        .map(({ amount }) => amount)
        .sort(compareDecimals)
      const sum = costs.get(currency) ?? { minimum: [], maximum: [] }
      // With a choice between currencies, none of this one need be paid.
      const others = runs.length - amounts.length
      sum.minimum.push(...amounts.slice(0, Math.max(0, count - others)))
      sum.maximum.push(...amounts.slice(Math.max(0, amounts.length - count)))
      costs.set(currency, sum)
    }
  }
  return {
    hours,
    costs: [...costs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, { minimum, maximum }]) => ({
        currency,
        minimum: sumDecimals(minimum),
        maximum: sumDecimals(maximum),
      })),
    isCostPartial,
  }
}

function cheapest(runs: readonly Offer[]): NonNullable<Offer['price']> | null {
  const prices = runs.flatMap(({ price }) => price ?? [])
  // Runs of one opportunity in two currencies cannot be compared: the first one stated stands.
  const [first] = prices
  const comparable = prices.filter(({ currency }) => currency === first?.currency)
  return comparable.sort((a, b) => compareDecimals(a.amount, b.amount))[0] ?? null
}
