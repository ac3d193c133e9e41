import { describe, expect, it } from 'vitest'
import { toCellsOutcomes, toCellsText } from './csv-languages.js'

describe('cells of several languages', () => {
  it('are one text without the empty ones', () => {
    expect(toCellsText({ ca: 'Aigua', es: '', en: undefined })).toEqual({ ca: 'Aigua' })
    expect(toCellsText({ pl: '', en: '' })).toEqual({})
  })

  it('list outcomes in the same order, each with the skill of its place', () => {
    const outcomes = toCellsOutcomes(
      { da: 'Måle|Regne', en: 'Measure|Calculate' },
      { en: 'measure water' },
    )
    expect(outcomes).toEqual([
      {
        title: { da: 'Måle', en: 'Measure' },
        skills: [{ escoUri: null, title: { en: 'measure water' } }],
      },
      { title: { da: 'Regne', en: 'Calculate' }, skills: [] },
    ])
  })

  it('keep an outcome that only one language has, and an empty place of the skills', () => {
    const outcomes = toCellsOutcomes({ es: 'Uno|Dos', en: 'One' }, { es: '|dos', en: '|two' })
    expect(outcomes).toEqual([
      { title: { es: 'Uno', en: 'One' }, skills: [] },
      { title: { es: 'Dos' }, skills: [{ escoUri: null, title: { es: 'dos', en: 'two' } }] },
    ])
  })

  it('have no outcomes when all cells are empty', () => {
    expect(toCellsOutcomes({ pl: '', en: undefined }, { en: 'alone' })).toEqual([])
    expect(toCellsOutcomes({}, {})).toEqual([])
  })
})
