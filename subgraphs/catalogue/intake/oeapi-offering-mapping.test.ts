import { describe, expect, it } from 'vitest'
import { sampleProfile } from '../../../tests/intake/oeapi-sample.fixture.js'
import { toOpportunityFromOeapi } from './oeapi-mapping.js'

const water = { language: 'nl-NL', value: 'Water in de stad' }
const waterInEnglish = { language: 'en-GB', value: 'Water in the city' }

describe('the title of an OEAPI offering', () => {
  const titleOf = (name: unknown) => {
    const record = { course: { name: [water, waterInEnglish] }, offerings: [{ name }] }
    const { offerings } = toOpportunityFromOeapi(record, sampleProfile)
    return Array.isArray(offerings) ? offerings[0].title : undefined
  }

  it('is empty when it says the same as the course in all languages, in any order', () => {
    expect(titleOf([water, waterInEnglish])).toEqual({})
    expect(titleOf([{ language: 'en', value: 'Water in the city' }, water])).toEqual({})
  })

  it('stays when it differs in one language, leaves one out or adds one', () => {
    const autumn = { language: 'en', value: 'Water in the city, autumn' }
    const frisian = { language: 'fy', value: 'Wetter yn de stêd' }
    expect(titleOf([water, autumn])).toEqual({ nl: water.value, en: autumn.value })
    expect(titleOf([water])).toEqual({ nl: water.value })
    expect(titleOf([water, waterInEnglish, frisian])).toMatchObject({ fy: frisian.value })
  })

  it('is passed on for the validation when it is no list', () => {
    expect(titleOf('Water')).toBe('Water')
  })
})
