import type { LocalisedText } from './catalogue-record.js'

/**
 * The text in the language asked for, else in English, else in the first of the member's languages that has one,
 * else in any. Null when there is no text at all.
 *
 * @param language - BCP 47; `en-GB` also finds `en` and the other way round.
 */
export function pickText(
  text: LocalisedText,
  language: string | null | undefined,
  memberLanguages: readonly string[],
): string | null {
  const wanted = language ? [language, 'en'] : ['en']
  for (const candidate of [...wanted, ...memberLanguages]) {
    const found = text[candidate] ?? findByPrimaryTag(text, candidate)
    if (found !== undefined) return found
  }
  return Object.values(text)[0] ?? null
}

/** The first part of a BCP 47 tag in lower case, e.g. `en` of `en-GB`. */
export function primaryTag(language: string): string {
  return language.split('-', 1).join('').toLowerCase()
}

function findByPrimaryTag(text: LocalisedText, language: string): string | undefined {
  const tag = primaryTag(language)
  for (const [key, value] of Object.entries(text)) {
    if (primaryTag(key) === tag) return value
  }
  return undefined
}
