import type { DecimalText } from './catalogue-record.js'

interface Scaled {
  readonly digits: bigint
  readonly scale: number
}

const decimalPattern = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/**
 * A number as exact decimal text without exponent and without idle zeros (`2.50` → `2.5`), or null when it is none.
 *
 * A JSON number has been through a float when it gets here; the shortest text that reads back as the same float is
 * what the source had, for up to 15 digits.
 */
export function parseDecimal(value: unknown): DecimalText | null {
  const scaled = toScaled(value)
  return scaled === null ? null : print(scaled)
}

/** The exact product of two decimals. */
export function multiplyDecimals(left: DecimalText, right: DecimalText): DecimalText {
  const a = requireScaled(left)
  const b = requireScaled(right)
  return print({ digits: a.digits * b.digits, scale: a.scale + b.scale })
}

/** The exact quotient, or null when it has no end within twelve decimal places or the divisor is zero. */
export function divideDecimals(left: DecimalText, right: DecimalText): DecimalText | null {
  const a = requireScaled(left)
  const b = requireScaled(right)
  if (b.digits === 0n) return null
  const places = 12
  const numerator = a.digits * 10n ** BigInt(b.scale + places)
  const denominator = b.digits * 10n ** BigInt(a.scale)
  if (numerator % denominator !== 0n) return null
  return print({ digits: numerator / denominator, scale: places })
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareDecimals(left: DecimalText, right: DecimalText): number {
  const a = requireScaled(left)
  const b = requireScaled(right)
  const scale = Math.max(a.scale, b.scale)
  const difference = rescale(a, scale) - rescale(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** How many decimal places the value needs, e.g. 1 for `2.50`. */
export function countDecimalPlaces(value: DecimalText): number {
  const text = print(requireScaled(value))
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}

/** The nearest whole number, halves up. For quantities the contract counts in whole units, such as hours. */
export function roundDecimal(value: DecimalText): number {
  const { digits, scale } = requireScaled(value)
  const unit = 10n ** BigInt(scale)
  const doubled = digits * 2n + unit
  const quotient = doubled / (unit * 2n)
  const floored = doubled < 0n && doubled % (unit * 2n) !== 0n ? quotient - 1n : quotient
  return Number(floored)
}

function toScaled(value: unknown): Scaled | null {
  if (typeof value === 'number' && !Number.isFinite(value)) return null
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const text = String(value)
  // Longer than any credit, hour or price; keeps the arithmetic below cheap for hostile input.
  if (text.length > 60) return null
  const match = decimalPattern.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  const scale = fraction.length - Number(exponent)
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale }
}

function requireScaled(value: DecimalText): Scaled {
  const scaled = toScaled(value)
  if (scaled === null) throw new RangeError(`'${value}' is not a decimal`)
  return scaled
}

function rescale(value: Scaled, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale)
}

function print({ digits, scale }: Scaled): DecimalText {
  const sign = digits < 0n ? '-' : ''
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const fraction = text.slice(text.length - scale).replace(/0+$/, '')
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}
