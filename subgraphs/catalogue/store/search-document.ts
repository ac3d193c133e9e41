import type {
  LocalisedText,
  OfferingRecord,
  OpportunityRecord,
} from '../domain/catalogue-record.js'
import { type SearchConfiguration, toSearchConfiguration } from './search-language.js'
import { toSearchForms } from './search-text.js'

/** Text of one weight to be indexed with one configuration. */
export interface SearchPart {
  readonly configuration: SearchConfiguration
  readonly weight: 'A' | 'B' | 'C'
  readonly text: string
}

/**
 * What a search finds an opportunity by: titles and codes (A), outcomes, skills and topics (B), description (C).
 * A run is found by its own title and code, too.
 *
 * @param configurations - Those the member is searched with; text in other languages is indexed unstemmed.
 */
export function buildSearchParts(
  record: Pick<
    OpportunityRecord,
    'title' | 'codes' | 'learningOutcomes' | 'topics' | 'description'
  >,
  configurations: readonly SearchConfiguration[],
  run?: Pick<OfferingRecord, 'title' | 'code'>,
): readonly SearchPart[] {
  const texts = new Map<string, SearchPart & { text: string }>()
  const add = (configuration: SearchConfiguration, weight: SearchPart['weight'], text: string) => {
    const key = `${configuration} ${weight}`
    const part = texts.get(key)
    if (part) part.text += `\n${text}`
    else texts.set(key, { configuration, weight, text })
  }
  const addLocalised = (weight: SearchPart['weight'], localised: LocalisedText) => {
    for (const [language, text] of Object.entries(localised)) {
      const configuration = toSearchConfiguration(language)
      add(configurations.includes(configuration) ? configuration : 'simple', weight, text)
    }
  }
  addLocalised('A', record.title)
  if (run) {
    addLocalised('A', run.title)
    if (run.code !== null) add('simple', 'A', run.code)
  }
  for (const { code } of record.codes) add('simple', 'A', code)
  for (const outcome of record.learningOutcomes) {
    addLocalised('B', outcome.title)
    for (const skill of outcome.skills) addLocalised('B', skill.title)
  }
  // Topics do not say their language: every configuration gets them.
  for (const topic of record.topics) {
    for (const configuration of configurations) add(configuration, 'B', topic)
  }
  addLocalised('C', record.description)
  // Both forms of every text, also where they are the same: words without accents must not rank below words with.
  return [...texts.values()].map(({ text, ...part }) => {
    const { written, folded } = toSearchForms(text)
    return { ...part, text: `${written}\n${folded}` }
  })
}
