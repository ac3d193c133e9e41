import { type Concept, toConcept } from './concept.js'

const authority = 'http://publications.europa.eu/resource/authority'

// ISO 3166-1 alpha-3 codes as the EU's country list has them: the members' countries, Italy, and what may follow.
const countries: Readonly<Record<string, readonly [string, string]>> = {
  AT: ['AUT', 'Austria'],
  BE: ['BEL', 'Belgium'],
  CH: ['CHE', 'Switzerland'],
  CZ: ['CZE', 'Czechia'],
  DE: ['DEU', 'Germany'],
  DK: ['DNK', 'Denmark'],
  EE: ['EST', 'Estonia'],
  ES: ['ESP', 'Spain'],
  FI: ['FIN', 'Finland'],
  FR: ['FRA', 'France'],
  GB: ['GBR', 'United Kingdom'],
  GR: ['GRC', 'Greece'],
  IE: ['IRL', 'Ireland'],
  IT: ['ITA', 'Italy'],
  LT: ['LTU', 'Lithuania'],
  LV: ['LVA', 'Latvia'],
  MX: ['MEX', 'Mexico'],
  NL: ['NLD', 'Netherlands'],
  NO: ['NOR', 'Norway'],
  PL: ['POL', 'Poland'],
  PT: ['PRT', 'Portugal'],
  RO: ['ROU', 'Romania'],
  SE: ['SWE', 'Sweden'],
}

const languages: Readonly<Record<string, readonly [string, string]>> = {
  en: ['ENG', 'English'],
  ca: ['CAT', 'Catalan'],
  da: ['DAN', 'Danish'],
  de: ['DEU', 'German'],
  es: ['SPA', 'Spanish'],
  fi: ['FIN', 'Finnish'],
  fr: ['FRA', 'French'],
  ga: ['GLE', 'Irish'],
  it: ['ITA', 'Italian'],
  lt: ['LIT', 'Lithuanian'],
  nb: ['NOB', 'Norwegian Bokmål'],
  nl: ['NLD', 'Dutch'],
  nn: ['NNO', 'Norwegian Nynorsk'],
  no: ['NOR', 'Norwegian'],
  pl: ['POL', 'Polish'],
  pt: ['POR', 'Portuguese'],
  sv: ['SWE', 'Swedish'],
}

/**
 * The country in the EU's list.
 *
 * @param code - ISO 3166-1 alpha-2, also with a subdivision (`BE-VLG`).
 * @throws RangeError for a country without an entry here: a member of a new country needs its row first.
 */
export function toCountryConcept(code: string): Concept {
  const [country = ''] = code.split('-', 1)
  const entry = countries[country]
  if (entry === undefined) throw new RangeError(`no entry for the country '${code}'`)
  return toConcept(`${authority}/country`, `${authority}/country/${entry[0]}`, entry[1])
}

/** The language in the EU's list, by its BCP 47 primary tag; null when it is not listed here. */
export function findLanguageConcept(tag: string): Concept | null {
  const entry = languages[tag.split('-', 1).join('').toLowerCase()]
  if (entry === undefined) return null
  return toConcept(`${authority}/language`, `${authority}/language/${entry[0]}`, entry[1])
}

export const pngConcept = toConcept(`${authority}/file-type`, `${authority}/file-type/PNG`, 'PNG')
