const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
const authorityPrefix = /^https?:\/\/publications\.europa\.eu\/resource\/authority\/language\//

/**
 * The canonical BCP 47 tag of a language given as BCP 47, as three letters of ISO 639-2 (`eng`, `ger`) or as a URI of
 * the European language authority, or null when it names no known language.
 */
export function parseLanguageTag(text: string): string | null {
  const bare = text.trim().replace(authorityPrefix, '').replaceAll('_', '-')
  if (bare.length < 2 || bare.length > 35) return null
  try {
    const [tag] = Intl.getCanonicalLocales(bare.length === 3 ? bare.toLowerCase() : bare)
    if (tag === undefined) return null
    const language = tag.split('-')[0] ?? ''
    return names.of(language) === undefined ? null : tag
  } catch {
    // getCanonicalLocales has no other way to say that a tag is malformed.
    return null
  }
}

/**
 * The tag under which the catalogue files a language: without its region, so that a search for `en` finds `en-GB`,
 * unless the member itself lists the regional tag among its languages.
 */
export function parseCatalogueLanguage(
  text: string,
  memberLanguages: readonly string[],
): string | null {
  const tag = parseLanguageTag(text)
  if (tag === null || memberLanguages.includes(tag)) return tag
  const { language, script } = new Intl.Locale(tag)
  return script === undefined ? language : `${language}-${script}`
}
