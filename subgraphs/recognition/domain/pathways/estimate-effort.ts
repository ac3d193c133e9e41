import { compareDecimals, type DecimalText, sumDecimals } from '../decimal.js'
import type { PathwayStep } from '../learning-pathway.js'
import type { Offer } from './offer.js'
import type { Effort, HourRange, PathwayFacts, StepProgress } from './pathway-progress.js'

/**
 * Adds up hours and prices of required steps. For each step the cheapest and dearest choice of as many opportunities as
 * it still takes; an opportunity costs what its cheapest run does.
 */
export function estimateEffort(
  steps: readonly PathwayStep[],
  progress: readonly StepProgress[],
  { offers, notionalHours }: Pick<PathwayFacts, 'offers' | 'notionalHours'>,
): Effort {
  let hours: HourRange | null = { minimum: 0, maximum: 0 }
  const costs = new Map<string, { minimum: DecimalText[]; maximum: DecimalText[] }>()
  let isCostPartial = false
  for (const step of steps.filter(({ required }) => required)) {
    const known = progress.find(({ position }) => position === step.position)
    const count = known?.missing ?? step.chooseAtLeast
    const choices =
      known?.alternatives.map(({ opportunityId }) => opportunityId) ?? step.opportunityIds
    const runs = choices.map((id) => offers.filter(({ opportunityId }) => opportunityId === id))
    hours = addHours(
      hours,
      choices.map((id, place) => hoursOf(runs[place] ?? []) ?? notionalHours.get(id) ?? null),
      count,
    )
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

/** What a member states of any run of an opportunity. */
function hoursOf(runs: readonly Offer[]): HourRange | null {
  const hours = runs.find(({ workloadHours }) => workloadHours !== null)?.workloadHours ?? null
  return hours === null ? null : { minimum: hours, maximum: hours }
}

/** Adds the least and the most that `count` of these choices take. */
function addHours(
  sum: HourRange | null,
  choices: readonly (HourRange | null)[],
  count: number,
): HourRange | null {
  const known = choices.filter((range) => range !== null)
  if (sum === null || known.length < choices.length) return null
  const ascending = (a: number, b: number) => a - b
  const least = known.map(({ minimum }) => minimum).sort(ascending)
  const most = known.map(({ maximum }) => maximum).sort(ascending)
  const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
  return {
    minimum: sum.minimum + total(least.slice(0, count)),
    maximum: sum.maximum + total(most.slice(Math.max(0, most.length - count))),
  }
}

function cheapest(runs: readonly Offer[]): NonNullable<Offer['price']> | null {
  const prices = runs.flatMap(({ price }) => price ?? [])
  // Runs of one opportunity in two currencies cannot be compared: the first one stated stands.
  const [first] = prices
  const comparable = prices.filter(({ currency }) => currency === first?.currency)
  return comparable.sort((a, b) => compareDecimals(a.amount, b.amount))[0] ?? null
}
