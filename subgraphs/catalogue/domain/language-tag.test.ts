import { describe, expect, test } from 'vitest'
import { parseCatalogueLanguage, parseLanguageTag } from './language-tag.js'

describe('languages', () => {
  test.each([
    ['en', 'en'],
    ['EN-gb', 'en-GB'],
    ['eng', 'en'],
    ['FIN', 'fi'],
    ['ger', 'de'],
    ['deu', 'de'],
    ['nob', 'nb'],
    ['pt_PT', 'pt-PT'],
    ['http://publications.europa.eu/resource/authority/language/GLE', 'ga'],
    ['zh-Hant', 'zh-Hant'],
  ])('%s is %s', (text, tag) => {
    expect(parseLanguageTag(text)).toBe(tag)
  })

  test.each(['', 'x', 'qq', 'English', 'en-', '__proto__', 'en GB', 'http://example.org/ENG'])(
    '%s is no language',
    (text) => {
      expect(parseLanguageTag(text)).toBeNull()
    },
  )

  test('the catalogue files a language without its region', () => {
    expect(parseCatalogueLanguage('en-GB', ['nl', 'en'])).toBe('en')
    expect(parseCatalogueLanguage('zh-Hant-TW', ['en'])).toBe('zh-Hant')
  })

  test('the region stays when the member lists it', () => {
    expect(parseCatalogueLanguage('es-MX', ['es-MX', 'en'])).toBe('es-MX')
  })
})
