import { isLocalId } from '../../../schema/index.js'
import { isDay, isInstant } from '../domain/calendar.js'
import { compareDecimals, countDecimalPlaces, parseDecimal } from '../domain/decimal.js'
import type { FaultCode } from '../domain/fault.js'
import { isIscedField } from '../domain/isced-field.js'
import { parseLanguageTag } from '../domain/language-tag.js'

/** A value as the catalogue keeps it, or what is wrong with it. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: FaultCode; readonly message: string }

/** Days outside these years are slips of the pen (`0206`, `20266`), not plans. */
const earliestYear = 1990
const latestYear = 2100
const maximumDecimalPlaces = 6
const currencies = new Set(Intl.supportedValuesOf('currency'))
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
/** Regions that CLDR names but that are no country. */
const noCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** Text that is not blank, trimmed and in Unicode NFC, at most `length` characters. */
export function checkText(value: string, length: number): Checked<string> {
  const clean = value.normalize('NFC').trim()
  // Postgres cannot store NUL, and a lone surrogate would come back as another character.
  if (clean.includes('\0') || !clean.isWellFormed()) {
    return wrong('FORMAT', 'the text contains NUL or half a surrogate pair; expected Unicode text')
  }
  if (clean === '') return wrong('REQUIRED', 'the text is blank; leave it out when there is none')
  if (clean.length > length) {
    return wrong('TOO_LONG', `the text has ${clean.length} characters; at most ${length} are kept`)
  }
  return { ok: true, value: clean }
}

/** As `checkText`, on one line: runs of white space become one space. */
export function checkLine(value: string, length: number): Checked<string> {
  return checkText(value.replaceAll(/\s+/g, ' '), length)
}

/** An exact decimal in bounds, printed without exponent and idle zeros. */
export function checkDecimal(value: unknown, minimum: string, maximum: string): Checked<string> {
  const exact = parseDecimal(typeof value === 'string' ? value.trim() : value)
  if (exact === null) return wrong('FORMAT', `${preview(value)} is no decimal such as 2.5`)
  if (compareDecimals(exact, minimum) < 0 || compareDecimals(exact, maximum) > 0) {
    return wrong('RANGE', `${exact} is out of range; expected ${minimum} to ${maximum}`)
  }
  if (countDecimalPlaces(exact) > maximumDecimalPlaces) {
    return wrong('RANGE', `${exact} has more than ${maximumDecimalPlaces} decimal places`)
  }
  return { ok: true, value: exact }
}

/** A whole number in bounds. */
export function checkWholeNumber(value: number, least: number, most: number): Checked<number> {
  if (!Number.isInteger(value)) return wrong('FORMAT', `${value} is no whole number`)
  if (value >= least && value <= most) return { ok: true, value }
  return wrong('RANGE', `${value} is out of range; expected ${least} to ${most}`)
}

/** The part of a hub id that is the member's own. */
export function checkLocalId(value: string): Checked<string> {
  if (isLocalId(value)) return { ok: true, value }
  const wanted = '1 to 160 printable ASCII characters without space'
  return wrong('FORMAT', `${preview(value)} cannot stand in an id; expected ${wanted}`)
}

/** A day that exists, in years that make sense. */
export function checkDay(value: string): Checked<string> {
  if (!isDay(value)) return wrong('FORMAT', `${preview(value)} is no day; expected YYYY-MM-DD`)
  return checkYear(value)
}

/** An instant that exists, printed in UTC to the second. */
export function checkInstant(value: string): Checked<string> {
  if (!isInstant(value)) {
    return wrong('FORMAT', `${preview(value)} is no instant in UTC such as 2026-09-01T12:00:00Z`)
  }
  return checkYear(`${new Date(value).toISOString().slice(0, 19)}Z`)
}

/** A known language, as a canonical BCP 47 tag. */
export function checkLanguage(value: string): Checked<string> {
  const tag = parseLanguageTag(value)
  if (tag !== null) return { ok: true, value: tag }
  return wrong('UNKNOWN_VALUE', `${preview(value)} is no known language; expected a BCP 47 tag`)
}

/** A field of ISCED-F 2013. */
export function checkIscedField(value: string): Checked<string> {
  if (isIscedField(value)) return { ok: true, value }
  if (/^\d{2,4}$/.test(value)) {
    return wrong('UNKNOWN_VALUE', `${value} is no field of ISCED-F 2013`)
  }
  return wrong('FORMAT', `${preview(value)} is no ISCED-F code; expected 2 to 4 digits`)
}

/** An ISO 3166-1 alpha-2 code. */
export function checkCountry(value: string): Checked<string> {
  const isCode = /^[A-Z]{2}$/.test(value) && !noCountries.has(value)
  // The canonical region differs for aliases such as UK.
  if (isCode && regions.of(value) && new Intl.Locale(`und-${value}`).region === value) {
    return { ok: true, value }
  }
  return wrong('UNKNOWN_VALUE', `${preview(value)} is no country; expected ISO 3166-1 alpha-2`)
}

/** An ISO 4217 code. */
export function checkCurrency(value: string): Checked<string> {
  if (currencies.has(value)) return { ok: true, value }
  return wrong('UNKNOWN_VALUE', `${preview(value)} is no currency; expected ISO 4217`)
}

/** An absolute http(s) URL. Other schemes could run code in a portal's page. */
export function checkWebUrl(value: string): Checked<string> {
  const url = value.length <= 2_048 ? URL.parse(value) : null
  const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
  if (isWeb && url.username === '' && url.password === '') return { ok: true, value: url.href }
  return wrong('FORMAT', `${preview(value)} is no http(s) URL without password`)
}

/** The URI of a skill of the European classification. */
export function checkEscoUri(value: string): Checked<string> {
  if (/^https?:\/\/data\.europa\.eu\/esco\/skill\/[\w-]{1,80}$/.test(value))
    return { ok: true, value }
  return wrong('FORMAT', `${preview(value)} is no URI under http://data.europa.eu/esco/skill/`)
}

/** A value for a message: short, on one line, never a whole structure. */
export function preview(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value !== 'string') return 'an object'
  const short = value.length > 60 ? `${value.slice(0, 60)}…` : value
  return JSON.stringify(short.toWellFormed())
}

function checkYear(value: string): Checked<string> {
  const year = Number(value.slice(0, 4))
  if (year >= earliestYear && year <= latestYear) return { ok: true, value }
  return wrong('RANGE', `${value} is out of range; expected ${earliestYear} to ${latestYear}`)
}

function wrong(code: FaultCode, message: string): Checked<never> {
  return { ok: false, code, message }
}
