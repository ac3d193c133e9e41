import type { SearchConfiguration } from './search-language.js'
import { toSearchForms } from './search-text.js'
import type { SqlParameters } from './sql-parameters.js'

/** SQL for one search text; `alias` columns are assumed to be called `search`. */
export interface SearchQuery {
  /** A boolean condition on the column `search`. */
  readonly condition: string
  /** An integer expression, larger is better: `ts_rank` in millionths, 0 when nothing but exclusions was asked. */
  readonly rank: string
}

const exclusion = /(^|\s)-("[^"]*"?|\S+)/g
/** Shorter words match as they are: `AI` must not find `aircraft`. */
const minimumPrefixLength = 4

/**
 * Builds the search for what a person typed: words, "phrases", `or` and -exclusions, never a syntax error. Each
 * configuration reads the text by its own rules, with and without accents, and one that matches is enough. The last
 * word also matches as the beginning of a longer one.
 *
 * The rank is the best of those readings, not their sum: members search with different numbers of languages, and
 * their ranks have to be comparable.
 */
export function buildSearchQuery(
  text: string,
  configurations: readonly SearchConfiguration[],
  parameters: SqlParameters,
): SearchQuery {
  const { written } = toSearchForms(text)
  const excluded = [...written.matchAll(exclusion)].map((match) => match[2] ?? '').join(' or ')
  const wanted = written.replace(exclusion, ' ').trim()
  const positive =
    wanted === ''
      ? []
      : [
          ...readings(wanted, configurations, parameters),
          ...prefixReadings(wanted, configurations, parameters),
        ]
  const conditions: string[] = []
  if (positive.length > 0) conditions.push(`search @@ (${positive.join(' || ')})`)
  if (excluded !== '') {
    const negative = readings(excluded, configurations, parameters)
    conditions.push(`not search @@ (${negative.join(' || ')})`)
  }
  const ranks = positive.map((query) => `ts_rank(search, ${query})`)
  return {
    // Punctuation alone asks for nothing that could be found.
    condition: conditions.length === 0 ? 'false' : conditions.join(' and '),
    rank: ranks.length === 0 ? '0' : `round(greatest(${ranks.join(', ')})::numeric * 1000000)::int`,
  }
}

function readings(
  text: string,
  configurations: readonly SearchConfiguration[],
  parameters: SqlParameters,
): string[] {
  const { written, folded } = toSearchForms(text)
  const forms = [...new Set([written, folded])].map((form) => parameters.add(form))
  return configurations.flatMap((configuration) =>
    forms.map((form) => `websearch_to_tsquery('${configuration}', ${form}::text)`),
  )
}

function prefixReadings(
  text: string,
  configurations: readonly SearchConfiguration[],
  parameters: SqlParameters,
): string[] {
  const { folded } = toSearchForms(text)
  const match = /(^|\s)([\p{L}\p{N}]+)$/u.exec(folded)
  const last = match?.[2]
  if (match === null || last === undefined || last.length < minimumPrefixLength) return []
  // Letters and digits only, so it cannot be query syntax.
  const prefix = `to_tsquery('simple', ${parameters.add(`${last}:*`)}::text)`
  const head = folded.slice(0, match.index).trim()
  if (head === '') return [prefix]
  return readings(head, configurations, parameters).map((query) => `(${query} && ${prefix})`)
}
