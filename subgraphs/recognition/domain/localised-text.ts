/** Text by BCP 47 language, e.g. `{ fi: 'Tekoäly', en: 'Artificial intelligence' }`. English is always there. */
export type LocalisedText = Readonly<Record<string, string>> & { readonly en: string }

/**
 * The text in the language asked for, else in English.
 *
 * @param language - BCP 47; `en-GB` also finds `en` and the other way round.
 */
export function pickText(text: LocalisedText, language: string | null | undefined): string {
  if (!language) return text.en
  return text[language] ?? findByPrimaryTag(text, language) ?? text.en
}

function findByPrimaryTag(text: LocalisedText, language: string): string | undefined {
  const tag = primaryTag(language)
  for (const [key, value] of Object.entries(text)) {
    if (primaryTag(key) === tag) return value
  }
  return undefined
}

function primaryTag(language: string): string {
  return language.split('-', 1).join('').toLowerCase()
}
