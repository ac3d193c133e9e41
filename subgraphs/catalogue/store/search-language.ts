import { primaryTag } from '../domain/pick-text.js'

/** Postgres text-search configurations by primary language tag; all of them come with Postgres 15. */
const configurations = {
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  sv: 'swedish',
} as const satisfies Readonly<Record<string, string>>

export type SearchConfiguration = (typeof configurations)[keyof typeof configurations] | 'simple'

/** The configuration that stems a language, `simple` (no stemming) where Postgres 15 has none, e.g. Polish. */
export function toSearchConfiguration(language: string): SearchConfiguration {
  const known: Readonly<Record<string, SearchConfiguration>> = configurations
  return known[primaryTag(language)] ?? 'simple'
}

/** The configurations a member's catalogue is searched with: English, its own languages', and `simple` for codes. */
export function listSearchConfigurations(
  memberLanguages: readonly string[],
): readonly SearchConfiguration[] {
  return [...new Set([...['en', ...memberLanguages].map(toSearchConfiguration), 'simple' as const])]
}
