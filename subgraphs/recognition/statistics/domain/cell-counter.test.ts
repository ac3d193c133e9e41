import { describe, expect, it } from 'vitest'
import { type CountedUnit, createCellCounter, type UnitPlace } from './cell-counter.js'

const award = ({
  isAfter = true,
  ects = 5_000,
  weeks = [],
  ...place
}: Partial<CountedUnit & UnitPlace> = {}): CountedUnit => ({
  isAfter,
  ects,
  weeks,
  place: {
    month: 9,
    populations: ['award.valid'],
    codes: {
      homeMember: ['dcu'],
      awardingMember: ['liu'],
      jurisdiction: ['SE'],
      eqfLevel: ['7'],
      iscedField: ['06', '05'],
      sizeBand: ['3_TO_5'],
      skill: [],
    },
    ...place,
  },
})

describe('a cell counter', () => {
  it('counts a learner once in a cell, with at most three units and fifteen credits', () => {
    const counter = createCellCounter('award')
    counter.addLearner(Array.from({ length: 5 }, () => award()))
    counter.addLearner([award()])
    const total = counter.listCells().find(({ view, kind }) => view === 'total' && kind === 'YEAR')
    expect(total).toMatchObject({
      persons: 2,
      units: 6,
      boundedUnits: 4,
      ects: 30_000,
      boundedEcts: 20_000,
      squaredEcts: 25_000n ** 2n + 5_000n ** 2n,
    })
  })

  it('counts the same, whether units share the object that says where or not', () => {
    const [shared, apart] = [createCellCounter('award'), createCellCounter('award')]
    const unit = award()
    for (let learner = 0; learner < 3; learner += 1) {
      shared.addLearner([unit, { ...unit, ects: 1_000 }])
      apart.addLearner([award(), award({ ects: 1_000 })])
    }
    expect(shared.listCells()).toEqual(apart.listCells())
    expect(shared.listCells().length).toBeGreaterThan(30)
  })

  it('counts under every code of a list, in the period of the month', () => {
    const counter = createCellCounter('award')
    counter.addLearner([award({ month: 11 })])
    const fields = counter.listCells().filter(({ view }) => view === 'iscedField')
    expect(fields.map(({ kind, number, codes }) => `${kind} ${number} ${codes}`)).toEqual([
      'YEAR 1 06',
      'QUARTER 2 06',
      'MONTH 4 06',
      'YEAR 1 05',
      'QUARTER 2 05',
      'MONTH 4 05',
    ])
    expect(counter.listCells().filter(({ view }) => view === 'skill')).toEqual([])
  })

  it('gives the difference of a change, and nothing where nothing changed', () => {
    const counter = createCellCounter('award')
    counter.addLearner([award({ isAfter: false }), award()])
    expect(counter.listCells()).toEqual([])
    counter.addLearner([award({ isAfter: false }), award({ month: 10 })])
    const months = counter
      .listCells()
      .filter(({ kind, view }) => kind === 'MONTH' && view === 'total')
    expect(months.map(({ number, persons, units }) => [number, persons, units])).toEqual([
      [2, -1, -1],
      [3, 1, 1],
    ])
    expect(counter.listCells().some(({ kind }) => kind === 'YEAR')).toBe(false)
  })

  it('adds squares up exactly beyond what a number holds', () => {
    const counter = createCellCounter('award')
    for (let learner = 0; learner < 1_500; learner += 1) {
      counter.addLearner([award({ ects: 90_000_001 })])
    }
    const [total] = counter.listCells()
    expect(total?.squaredEcts).toBe(1_500n * 90_000_001n ** 2n)
  })

  it('counts durations by week', () => {
    const counter = createCellCounter('request')
    const request = award({
      populations: ['request.made', 'request.decided'],
      codes: { homeMember: ['dcu'], awardingMember: ['liu'], recognisingMember: ['dcu'] },
      weeks: [['waitingTime', 6]],
    })
    counter.addLearner([request, request])
    const total = counter
      .listDurations()
      .filter(({ view, kind }) => view === 'total' && kind === 'YEAR')
    expect(total).toEqual([
      {
        kind: 'YEAR',
        number: 1,
        view: 'total',
        codes: [],
        measure: 'waitingTime',
        weeks: 6,
        units: 2,
      },
    ])
  })
})
