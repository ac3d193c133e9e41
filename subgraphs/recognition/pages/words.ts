import table from './words.json' with { type: 'json' }

/** Languages the pages speak: the members' own and English. Native speakers have not read the words yet. */
export const pageLanguages = [
  'en',
  'nl',
  'ca',
  'es',
  'fr',
  'nb',
  'sv',
  'pt',
  'de',
  'fi',
  'da',
  'pl',
  'lt',
] as const
export type PageLanguage = (typeof pageLanguages)[number]

/** The fixed words of the pages in one language; what a credential itself says is in its own languages. */
export type PageWords = (typeof table)['en']

export function wordsIn(language: PageLanguage): PageWords {
  return table[language]
}
