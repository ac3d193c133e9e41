import { describe, expect, it } from 'vitest'
import { chooseLanguage, parseAcceptLanguage } from './choose-language.js'

describe('the language of a page', () => {
  it.each([
    ['fi', ['fi']],
    ['en;q=0.5, fi-FI', ['fi-FI', 'en']],
    ['de, en;q=0, *;q=0.1', ['de']],
    ['nonsense!!, sv', ['sv']],
    [undefined, []],
  ])('is wanted as the header %j says', (header, tags) => {
    expect(parseAcceptLanguage(header)).toEqual(tags)
  })

  it('is the first wanted one that is offered, a region falling back to its language', () => {
    expect(chooseLanguage(['pl', 'nb-NO', 'fi'], ['en', 'nb', 'fi'])).toBe('nb')
  })

  it('is the first offered one when none is wanted', () => {
    expect(chooseLanguage(['zz'], ['en', 'fi'])).toBe('en')
  })
})
