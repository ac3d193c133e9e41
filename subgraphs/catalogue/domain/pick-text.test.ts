import { describe, expect, it } from 'vitest'
import { pickText } from './pick-text.js'

describe('pickText', () => {
  it.each([
    ['the language asked for', { en: 'a', nl: 'b' }, 'nl', [], 'b'],
    ['its regional form', { 'nl-BE': 'b', en: 'a' }, 'nl', [], 'b'],
    ['its general form', { nl: 'b', en: 'a' }, 'nl-BE', [], 'b'],
    ['English when there is none', { en: 'a', nl: 'b' }, 'fi', ['nl'], 'a'],
    ['English when none is asked for', { nl: 'b', 'en-GB': 'a' }, null, ['nl'], 'a'],
    ['the member’s first language after English', { fr: 'c', nl: 'b' }, 'fi', ['nl', 'fr'], 'b'],
    ['any at last', { fr: 'c' }, 'fi', ['nl'], 'c'],
    ['nothing when there is nothing', {}, 'fi', ['nl'], null],
  ])('gives %s', (_name, text, language, memberLanguages, expected) => {
    expect(pickText(text, language, memberLanguages)).toBe(expected)
  })
})
