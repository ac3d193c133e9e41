import { daysBetween } from '../calendar.js'
import { compareDecimals } from '../decimal.js'
import { type Offer, type Openness, opennessOf } from './offer.js'

export const criteria = ['MISSING', 'DATES', 'LANGUAGE', 'MODE', 'PLACE', 'PRICE'] as const
export type Criterion = (typeof criteria)[number]

/** Weights of the criteria; illustrative, together 100. */
export const illustrativeWeights: Readonly<Record<Criterion, number>> = {
  MISSING: 50,
  DATES: 20,
  LANGUAGE: 10,
  MODE: 8,
  PLACE: 7,
  PRICE: 5,
}

/** What the learner would like; empty or null: does not matter. */
export interface LearnerWishes {
  readonly languages: readonly string[]
  readonly modes: readonly string[]
  readonly city: string | null
  readonly countryCode: string | null
  readonly budget: { readonly amount: string; readonly currency: string } | null
}

/** How much closer an offer brings the learner: thousandths of what is missing, and which requirements or steps it serves. */
export interface OfferGain {
  readonly permille: number
  readonly serves: readonly string[]
}

export interface Recommendation {
  readonly offer: Offer
  /** Sum of the contributions, 0 to 100,000. */
  readonly score: number
  readonly gain: OfferGain
  /** One per criterion, in their order. */
  readonly contributions: readonly Contribution[]
}

export interface Contribution {
  readonly criterion: Criterion
  /** 0 (not at all) to 1000 (as well as can be). */
  readonly points: number
  readonly weight: number
  /** `points × weight`. */
  readonly contribution: number
  readonly because:
    | 'CLOSES_GAP'
    | 'STARTS_ANY_TIME'
    | 'DAYS_UNTIL_START'
    | 'MATCHES'
    | 'DIFFERS'
    | 'SAME_COUNTRY'
    | 'ANYWHERE'
    | 'FREE'
    | 'WITHIN_BUDGET'
    | 'OVER_BUDGET'
    | 'OTHER_CURRENCY'
    | 'NOT_KNOWN'
    | 'DOES_NOT_MATTER'
}

export interface Recommendations {
  /** Best first; of equals by offering. */
  readonly ranked: readonly Recommendation[]
  readonly leftOut: readonly {
    readonly offer: Offer
    readonly reason: Exclude<Openness, 'OPEN'> | 'BRINGS_NOTHING'
  }[]
}

/**
 * Ranks what a learner could take next. Whole numbers throughout, so that the ranking is the same everywhere and can be
 * added up by hand.
 *
 * @param gainOf - Towards a stacked credential `gainTowardsStack`, along a pathway `gainOnPathway`.
 */
export function recommendNext(
  offers: readonly Offer[],
  gainOf: (offer: Offer) => OfferGain,
  wishes: LearnerWishes,
  {
    date,
    weights = illustrativeWeights,
  }: { readonly date: string; readonly weights?: Readonly<Record<Criterion, number>> },
): Recommendations {
  const ranked: Recommendation[] = []
  const leftOut: Recommendations['leftOut'][number][] = []
  for (const offer of offers) {
    const openness = opennessOf(offer, date)
    const gain = openness === 'OPEN' ? gainOf(offer) : null
    if (openness !== 'OPEN') leftOut.push({ offer, reason: openness })
    else if (gain === null || gain.permille <= 0) leftOut.push({ offer, reason: 'BRINGS_NOTHING' })
    else {
      const contributions = criteria.map((criterion): Contribution => {
        const { points, because } = judge(criterion, offer, gain, wishes, date)
        const weight = weights[criterion]
        return { criterion, points, weight, contribution: points * weight, because }
      })
      const score = contributions.reduce((sum, { contribution }) => sum + contribution, 0)
      ranked.push({ offer, score, gain, contributions })
    }
  }
  ranked.sort((a, b) => b.score - a.score || (a.offer.offeringId < b.offer.offeringId ? -1 : 1))
  return { ranked, leftOut }
}

type Judgement = Pick<Contribution, 'points' | 'because'>

function judge(
  criterion: Criterion,
  offer: Offer,
  gain: OfferGain,
  wishes: LearnerWishes,
  date: string,
): Judgement {
  switch (criterion) {
    case 'MISSING':
      return { points: Math.min(1_000, gain.permille), because: 'CLOSES_GAP' }
    case 'DATES': {
      if (offer.startsOn === null) return { points: 1_000, because: 'STARTS_ANY_TIME' }
      const days = Math.max(0, daysBetween(date, offer.startsOn))
      const points = Math.max(0, 1_000 - Math.floor((days * 1_000) / 365))
      return { points, because: 'DAYS_UNTIL_START' }
    }
    case 'LANGUAGE':
      return judgeWish(wishes.languages.map(primaryTag), offer.languages.map(primaryTag))
    case 'MODE':
      return judgeWish(wishes.modes, offer.mode === null ? [] : [offer.mode])
    case 'PLACE':
      return judgePlace(offer, wishes)
    case 'PRICE':
      return judgePrice(offer, wishes)
  }
}

function judgeWish(wished: readonly string[], given: readonly string[]): Judgement {
  if (wished.length === 0) return { points: 500, because: 'DOES_NOT_MATTER' }
  if (given.length === 0) return { points: 500, because: 'NOT_KNOWN' }
  return given.some((value) => wished.includes(value))
    ? { points: 1_000, because: 'MATCHES' }
    : { points: 0, because: 'DIFFERS' }
}

function judgePlace(offer: Offer, wishes: LearnerWishes): Judgement {
  if (offer.mode === 'ONLINE') return { points: 1_000, because: 'ANYWHERE' }
  if (wishes.city === null && wishes.countryCode === null) {
    return { points: 500, because: 'DOES_NOT_MATTER' }
  }
  if (offer.city === null && offer.countryCode === null)
    return { points: 500, because: 'NOT_KNOWN' }
  if (wishes.city !== null && offer.city === wishes.city)
    return { points: 1_000, because: 'MATCHES' }
  return offer.countryCode !== null && offer.countryCode === wishes.countryCode
    ? { points: 500, because: 'SAME_COUNTRY' }
    : { points: 0, because: 'DIFFERS' }
}

function judgePrice({ price }: Offer, { budget }: LearnerWishes): Judgement {
  if (price === null) return { points: 500, because: 'NOT_KNOWN' }
  if (compareDecimals(price.amount, '0') === 0) return { points: 1_000, because: 'FREE' }
  if (budget === null) return { points: 500, because: 'DOES_NOT_MATTER' }
  if (price.currency !== budget.currency) return { points: 500, because: 'OTHER_CURRENCY' }
  if (compareDecimals(price.amount, budget.amount) > 0) return { points: 0, because: 'OVER_BUDGET' }
  const share = Math.floor((Number(price.amount) * 1_000) / Number(budget.amount))
  return { points: 1_000 - share, because: 'WITHIN_BUDGET' }
}

function primaryTag(language: string): string {
  return language.split('-', 1).join('').toLowerCase()
}
