import { z } from 'zod'
import type { LocalisedText } from '../domain/catalogue-record.js'
import type { FaultCode } from '../domain/fault.js'
import {
  type Checked,
  checkCountry,
  checkCurrency,
  checkDay,
  checkDecimal,
  checkEscoUri,
  checkInstant,
  checkIscedField,
  checkLanguage,
  checkLine,
  checkLocalId,
  checkText,
  checkWebUrl,
  checkWholeNumber,
  preview,
} from './field-checks.js'
import { isObject } from './loose-json.js'

export const localId = checkedText(checkLocalId)
export const calendarDay = checkedText(checkDay)
export const instant = checkedText(checkInstant)
export const languageTag = checkedText(checkLanguage)
export const iscedField = checkedText(checkIscedField)
export const countryCode = checkedText(checkCountry)
export const currencyCode = checkedText(checkCurrency)
export const webUrl = checkedText(checkWebUrl)
export const escoUri = checkedText(checkEscoUri)

/** Text on one line of at most `length` characters. */
export function line(length: number) {
  return checkedText((value) => checkLine(value, length))
}

/** An exact decimal in bounds, given as text or as a JSON number. */
export function decimal(minimum: string, maximum: string) {
  return z
    .union([z.string(), z.number()])
    .transform((value, ctx) => settle(ctx, value, checkDecimal(value, minimum, maximum)))
}

/** A whole number in bounds. */
export function wholeNumber(least: number, most: number) {
  return z
    .number()
    .transform((value, ctx) => settle(ctx, value, checkWholeNumber(value, least, most)))
}

/** A list of at most `maximum` items; left out it is empty. */
export function listOf<Item extends z.ZodType>(item: Item, maximum: number) {
  return z.array(item).max(maximum).default([])
}

/** As `listOf`, each item once. */
export function setOf<Item extends z.ZodType<string>>(item: Item, maximum: number) {
  return z
    .array(item)
    .max(maximum)
    .transform((values, ctx) => {
      for (const [index, value] of values.entries()) {
        if (values.indexOf(value) === index) continue
        report(ctx, value, 'DUPLICATE', `${preview(value)} is already in the list`, [index])
      }
      return values
    })
    .default([])
}

/** Text by language; left out it is empty. Blank texts and unknown languages are faults. */
export function localisedText(length: number) {
  return textByLanguage(length, checkText).default({})
}

/** As `localisedText`, each on one line. */
export function localisedLine(length: number) {
  return textByLanguage(length, checkLine).default({})
}

/** As `localisedLine`, and it must be there in at least one language. */
export function requiredLine(length: number) {
  return textByLanguage(length, checkLine).refine((texts) => Object.keys(texts).length > 0, {
    params: { fault: 'REQUIRED' satisfies FaultCode },
    message: 'there is no text in any language; expected at least one',
  })
}

// By hand, not z.record: a record would drop a key called __proto__ in silence.
function textByLanguage(length: number, check: typeof checkText) {
  return z
    .custom<object>((value) => isObject(value))
    .transform((value, ctx): LocalisedText => {
      const texts = new Map<string, string>()
      for (const [key, text] of Object.entries(value)) {
        const language = checkLanguage(key)
        if (!language.ok) {
          report(ctx, text, language.code, language.message, [key])
          continue
        }
        if (texts.has(language.value)) {
          report(ctx, text, 'DUPLICATE', `there are two texts for '${language.value}'`, [key])
        } else if (typeof text !== 'string') {
          const code = text === undefined ? 'REQUIRED' : 'FORMAT'
          report(ctx, text, code, `${preview(text)} is no text`, [key])
        } else {
          const checked = check(text, length)
          if (!checked.ok) report(ctx, text, checked.code, checked.message, [key])
          texts.set(language.value, checked.ok ? checked.value : text)
        }
      }
      return Object.fromEntries(texts)
    })
}

function checkedText(check: (value: string) => Checked<string>) {
  return z.string().transform((value, ctx) => settle(ctx, value, check(value)))
}

function settle<Value>(ctx: z.RefinementCtx, input: unknown, checked: Checked<Value>): Value {
  if (checked.ok) return checked.value
  report(ctx, input, checked.code, checked.message)
  return z.NEVER
}

function report(
  ctx: z.RefinementCtx,
  input: unknown,
  fault: FaultCode,
  message: string,
  path: PropertyKey[] = [],
): void {
  ctx.addIssue({ code: 'custom', input, params: { fault }, message, path })
}
