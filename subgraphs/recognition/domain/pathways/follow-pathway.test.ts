import { describe, expect, it } from 'vitest'
import type { OfferingId, OpportunityId, PathwayId } from '../../../../schema/index.js'
import type { LearningPathway, PathwayStep, PathwayType } from '../learning-pathway.js'
import { compileRule } from '../stacking/compile-rule.js'
import { awardOf, ruleOf } from '../stacking/stack.fixture.js'
import { followPathway } from './follow-pathway.js'
import type { Offer } from './offer.js'
import { gainOnPathway, gainTowardsStack } from './offer-gain.js'
import type { HourRange } from './pathway-progress.js'
import { type LearnerWishes, recommendNext } from './recommend-next.js'

const date = '2025-12-31'
const idOf = (key: string) => `dcu:opportunity:${key}` as OpportunityId

function pathwayOf(
  type: PathwayType,
  steps: readonly (readonly [string, number, boolean?])[],
): LearningPathway {
  return {
    id: 'alliance:pathway:p' as PathwayId,
    titles: { en: 'P' },
    descriptions: { en: 'Synthetic.' },
    type,
    steps: steps.map(
      ([keys, chooseAtLeast, required = true], index): PathwayStep => ({
        position: index + 1,
        titles: { en: `Step ${index + 1}` },
        required,
        chooseAtLeast,
        ects: String(5 * chooseAtLeast),
        opportunityIds: keys.split('').map(idOf),
      }),
    ),
    illustrative: true,
    synthetic: true,
  }
}

function offerOf(key: string, part: Partial<Offer> = {}): Offer {
  const start = part.startsOn === undefined ? '2026-02-01' : (part.startsOn ?? 'any')
  return {
    offeringId: `dcu:offering:${key}-${start}` as OfferingId,
    opportunityId: idOf(key),
    ects: '5',
    workloadHours: 125,
    startsOn: '2026-02-01',
    endsOn: '2026-06-30',
    isActive: true,
    applyFrom: null,
    applyUntil: '2026-01-15',
    languages: ['en'],
    mode: 'PRESENTIAL',
    city: 'Dublin',
    countryCode: 'IE',
    price: { amount: '100', currency: 'EUR' },
    ...part,
  }
}
const facts = (
  keys: string,
  offers: readonly Offer[] = [],
  prerequisites: ReadonlyMap<OpportunityId, readonly OpportunityId[]> = new Map(),
) => ({
  awards: keys.split('').map((key) => awardOf(key)),
  offers,
  prerequisites,
  notionalHours: new Map<OpportunityId, HourRange>(),
  date,
})

describe('followPathway', () => {
  it('opens the steps of a rigid pathway one after the other', () => {
    const rigid = pathwayOf('RIGID', [
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ])
    const states = (keys: string) =>
      followPathway(rigid, facts(keys)).steps.map(({ state }) => state)
    expect(states('')).toEqual(['OPEN', 'LOCKED', 'LOCKED'])
    expect(states('a')).toEqual(['DONE', 'OPEN', 'LOCKED'])
    expect(states('ac')).toEqual(['DONE', 'OPEN', 'DONE'])
    expect(followPathway(rigid, facts('abc'))).toMatchObject({
      isComplete: true,
      nextSteps: [],
      ectsEarned: '15',
      ectsTotal: '15',
    })
  })

  it('lets the steps of other pathways be taken in any order, and optional ones be left', () => {
    const open = pathwayOf('OPEN', [
      ['ab', 1],
      ['cd', 2],
      ['e', 1, false],
    ])
    const progress = followPathway(open, facts('bc'))
    expect(progress.steps.map(({ state, missing }) => [state, missing])).toEqual([
      ['DONE', 0],
      ['OPEN', 1],
      ['OPEN', 1],
    ])
    expect(progress.nextSteps).toEqual([2, 3])
    expect(followPathway(open, facts('bcd')).isComplete).toBe(true)
  })

  it('gives an award that fits two steps to the one that has no other', () => {
    const both = pathwayOf('ELECTIVE', [
      ['ab', 1],
      ['a', 1],
    ])
    const progress = followPathway(both, facts('ab'))
    expect(
      progress.steps.map(({ completed }) => completed.map(({ opportunityId }) => opportunityId)),
    ).toEqual([[idOf('b')], [idOf('a')]])
  })

  it('takes no step for a revoked award or one to come', () => {
    const awards = [awardOf('a', { status: 'REVOKED' }), awardOf('b', { awardedOn: '2026-01-01' })]
    expect(followPathway(pathwayOf('OPEN', [['ab', 1]]), { ...facts(''), awards }).isComplete).toBe(
      false,
    )
  })

  it('names the runs one can apply for now, first to start first', () => {
    const offers = [
      offerOf('a', { startsOn: '2026-09-01', applyUntil: null }),
      offerOf('a'),
      offerOf('a', { startsOn: '2026-01-10', applyUntil: '2025-12-30' }),
      offerOf('a', { startsOn: '2026-10-01', applyFrom: '2026-03-01' }),
      offerOf('a', { startsOn: '2026-11-01', isActive: false }),
      offerOf('a', { startsOn: null, endsOn: null, applyUntil: null }),
    ]
    const [step] = followPathway(pathwayOf('OPEN', [['a', 1]]), facts('', offers)).steps
    expect(step?.alternatives[0]?.openOfferings).toEqual([
      'dcu:offering:a-any',
      'dcu:offering:a-2026-02-01',
      'dcu:offering:a-2026-09-01',
    ])
  })

  it('holds back a step whose every choice needs something first', () => {
    const prerequisites = new Map([[idOf('b'), [idOf('a')]]])
    const pathway = pathwayOf('OPEN', [
      ['a', 1],
      ['b', 1],
    ])
    expect(followPathway(pathway, facts('', [], prerequisites)).nextSteps).toEqual([1])
    expect(followPathway(pathway, facts('a', [], prerequisites)).nextSteps).toEqual([2])
  })

  it('adds up what is left by the least and the most a choice can take', () => {
    const offers = [
      offerOf('a', { workloadHours: 50, price: { amount: '0', currency: 'EUR' } }),
      offerOf('b', { workloadHours: 150, price: { amount: '99.5', currency: 'EUR' } }),
      offerOf('c', { workloadHours: 100, price: { amount: '200.25', currency: 'NOK' } }),
      offerOf('c', {
        startsOn: '2026-09-01',
        workloadHours: 100,
        price: { amount: '300', currency: 'NOK' },
      }),
    ]
    const pathway = pathwayOf('OPEN', [
      ['ab', 1],
      ['c', 1],
    ])
    expect(followPathway(pathway, facts('', offers)).total).toEqual({
      hours: { minimum: 150, maximum: 250 },
      costs: [
        { currency: 'EUR', minimum: '0', maximum: '99.5' },
        { currency: 'NOK', minimum: '200.25', maximum: '200.25' },
      ],
      isCostPartial: false,
    })
    expect(followPathway(pathway, facts('c', offers)).remaining).toMatchObject({
      hours: { minimum: 50, maximum: 150 },
      costs: [{ currency: 'EUR' }],
    })
    expect(followPathway(pathway, facts('', offers.slice(0, 2))).total).toMatchObject({
      hours: null,
      isCostPartial: true,
    })
  })
})

it('takes hours by credits where a member states none, and adds up what a choice can take', () => {
  const notionalHours = new Map<OpportunityId, HourRange>([
    [idOf('a'), { minimum: 50, maximum: 60 }],
    [idOf('b'), { minimum: 125, maximum: 150 }],
  ])
  const pathway = pathwayOf('OPEN', [['ab', 1]])
  const hoursOf = (offers: readonly Offer[]) =>
    followPathway(pathway, { ...facts('', offers), notionalHours }).total.hours
  expect(hoursOf([])).toEqual({ minimum: 50, maximum: 150 })
  expect(hoursOf([offerOf('b', { workloadHours: 40 })])).toEqual({ minimum: 40, maximum: 60 })
})

describe('recommendNext', () => {
  const wishes: LearnerWishes = {
    languages: ['nb'],
    modes: ['ONLINE'],
    city: 'Dublin',
    countryCode: 'IE',
    budget: { amount: '200', currency: 'EUR' },
  }
  const progress = followPathway(
    pathwayOf('OPEN', [
      ['a', 1],
      ['b', 1],
    ]),
    facts('', [offerOf('a'), offerOf('b')]),
  )

  it('explains every point of a score', () => {
    const { ranked } = recommendNext([offerOf('a')], gainOnPathway(progress), wishes, { date })
    expect(
      ranked[0]?.contributions.map(({ criterion, points, weight, because }) => [
        criterion,
        points,
        weight,
        because,
      ]),
    ).toEqual([
      ['MISSING', 500, 50, 'CLOSES_GAP'],
      ['DATES', 913, 20, 'DAYS_UNTIL_START'],
      ['LANGUAGE', 0, 10, 'DIFFERS'],
      ['MODE', 0, 8, 'DIFFERS'],
      ['PLACE', 1000, 7, 'MATCHES'],
      ['PRICE', 500, 5, 'WITHIN_BUDGET'],
    ])
    expect(ranked[0]?.score).toBe(500 * 50 + 913 * 20 + 1000 * 7 + 500 * 5)
  })

  it('puts what suits the learner better first, and equals in the order of their ids', () => {
    const offers = [
      offerOf('b'),
      offerOf('a'),
      offerOf('a', {
        startsOn: null,
        languages: ['nb-NO'],
        mode: 'ONLINE',
        price: { amount: '0', currency: 'EUR' },
      }),
    ]
    const { ranked } = recommendNext(offers, gainOnPathway(progress), wishes, { date })
    expect(ranked.map(({ offer }) => offer.offeringId)).toEqual([
      'dcu:offering:a-any',
      'dcu:offering:a-2026-02-01',
      'dcu:offering:b-2026-02-01',
    ])
    expect(
      recommendNext([...offers].reverse(), gainOnPathway(progress), wishes, { date }).ranked,
    ).toEqual(ranked)
  })

  it('leaves out what is closed or brings nothing, and says why', () => {
    const offers = [offerOf('z'), offerOf('a', { applyUntil: '2025-12-01' })]
    const { ranked, leftOut } = recommendNext(offers, gainOnPathway(progress), wishes, { date })
    expect(ranked).toEqual([])
    expect(leftOut.map(({ reason }) => reason)).toEqual(['BRINGS_NOTHING', 'CLOSED'])
  })

  it('ranks by how much of a stack an offer closes', () => {
    const compiled = compileRule(ruleOf())
    const gain = gainTowardsStack(
      compiled,
      [awardOf('y', { ects: '2' })],
      (offer) => {
        const key = offer.opportunityId.split(':').at(-1) ?? ''
        const {
          id: _,
          awardedOn: __,
          grade: ___,
          status: ____,
          supersededBy: _____,
          ...rest
        } = awardOf(key)
        return { ...rest, ects: offer.ects, expectedOn: '2026-06-30' }
      },
      { date },
    )
    const offers = [
      offerOf('small', { ects: '2' }),
      offerOf('large', { ects: '8' }),
      offerOf('y', { ects: '2' }),
    ]
    const { ranked, leftOut } = recommendNext(offers, gain, wishes, { date })
    expect(
      ranked.map(({ offer, gain: { permille, serves } }) => [offer.ects, permille, serves]),
    ).toEqual([
      ['8', 1000, ['size']],
      ['2', 250, ['size']],
    ])
    expect(leftOut.map(({ offer }) => offer.opportunityId)).toEqual([idOf('y')])
  })
})
