import { parseCatalogueLanguage } from '../domain/language-tag.js'
import type { MemberProfile } from '../domain/member-profile.js'
import { asObject, asText, isObject, own } from './loose-json.js'

/** How OEAPI writes a text in several languages. */
export const oeapiText = { language: 'language', text: 'value' } as const

/** How MOOChub writes a text in several languages. */
export const moochubText = { language: 'inLanguage', text: 'name' } as const

/**
 * Text by language from a list of entries that each name their language. Blank entries are left out; the first of two
 * entries for one language wins. What cannot be read is passed on for validation to name: a list that is none as it
 * is, and a tag that is none as the key.
 */
export function toLocalisedDraft(
  entries: unknown,
  profile: MemberProfile,
  fields: { readonly language: string; readonly text: string },
): unknown {
  if (entries === undefined || entries === null) return {}
  if (!Array.isArray(entries)) return entries
  const texts = new Map<string, unknown>()
  for (const entry of entries) {
    if (!isObject(entry)) return entries
    const text = own(entry, fields.text)
    if (typeof text === 'string' && text.trim() === '') continue
    const tag = own(entry, fields.language)
    const language = typeof tag === 'string' ? toCatalogueTag(tag, profile) : '(no language)'
    if (!texts.has(language)) texts.set(language, text)
  }
  // fromEntries defines own properties, so a language called __proto__ does no harm and is named by the validation.
  return Object.fromEntries(texts)
}

/** Languages as the catalogue files them; what is no language is passed on. */
export function toLanguagesDraft(tags: unknown, profile: MemberProfile): unknown {
  if (tags === undefined || tags === null) return []
  if (!Array.isArray(tags)) return tags
  return [
    ...new Set(tags.map((tag) => (typeof tag === 'string' ? toCatalogueTag(tag, profile) : tag))),
  ]
}

/** The text in English, else in the member's first language that has one, else any; null when there is none. */
export function pickDraftText(draft: unknown, profile: MemberProfile): string | null {
  const texts = asObject(draft)
  for (const language of ['en', ...profile.languages]) {
    const text = asText(own(texts, language))
    if (text !== null) return text
  }
  return asText(Object.values(texts)[0])
}

function toCatalogueTag(tag: string, profile: MemberProfile): string {
  return parseCatalogueLanguage(tag, profile.languages) ?? tag
}
