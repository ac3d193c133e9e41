import type { DecimalText } from '../decimal.js'

/**
 * Credits as whole numbers of the smallest unit in play (10^-places), so that sums are exact and fast.
 * Text in, text out: a number with a fraction never exists in between.
 */
export interface EctsScale {
  readonly places: number
}

/** Places after the point that are evaluated at all. */
export const maxPlaces = 6

/** Largest scaled value of a single amount: a thousand of them still add up exactly. */
export const maxScaled = Number.MAX_SAFE_INTEGER / 1_024

/** The number of digits after the point, without trailing zeros. */
export function countPlaces(text: DecimalText): number {
  const point = text.indexOf('.')
  if (point < 0) return 0
  let end = text.length
  while (text.charCodeAt(end - 1) === 48) end -= 1
  return end - point - 1
}

/** The whole number of units; exact as long as it stays below {@link maxScaled}. `text` has at most `places` places. */
export function toScaled(text: DecimalText, { places }: EctsScale): number {
  const point = text.indexOf('.')
  if (point < 0) return Number(text) * 10 ** places
  const fraction = text.slice(point + 1, point + 1 + places).padEnd(places, '0')
  return Number(text.slice(0, point) + fraction)
}

/** Prints units as {@link DecimalText}; `units` is 0 or more. */
export function fromScaled(units: number, { places }: EctsScale): DecimalText {
  if (places === 0) return String(units)
  const text = String(units).padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const fraction = text.slice(text.length - places).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}
