/**
 * An exact decimal printed without exponent, e.g. `2.5`.
 * Credits never pass through a float: 0.1 + 0.2 must be 0.3 when someone's degree depends on it.
 */
export type DecimalText = string

const pattern = /^-?\d{1,15}(\.\d{1,15})?$/

/** Whether `text` is a decimal as we print them: up to 15 digits, then up to 15 more, no exponent, no plus sign. */
export function isDecimal(text: string): text is DecimalText {
  return pattern.test(text)
}

/**
 * The product, exact.
 *
 * @throws RangeError when an operand is not a decimal (a bug in the caller: input is validated at the door).
 */
export function multiplyDecimals(left: DecimalText, right: DecimalText): DecimalText {
  const a = parse(left)
  const b = parse(right)
  return print({ digits: a.digits * b.digits, scale: a.scale + b.scale })
}

/** The sum, exact; `0` for none. Errors as in {@link multiplyDecimals}. */
export function sumDecimals(values: readonly DecimalText[]): DecimalText {
  let total: Scaled = { digits: 0n, scale: 0 }
  for (const value of values) {
    const next = parse(value)
    const scale = Math.max(total.scale, next.scale)
    total = { digits: atScale(total, scale) + atScale(next, scale), scale }
  }
  return print(total)
}

/** Negative when `left` is the smaller, 0 when both are the same number (`2.50` and `2.5`). Errors as above. */
export function compareDecimals(left: DecimalText, right: DecimalText): number {
  const a = parse(left)
  const b = parse(right)
  const scale = Math.max(a.scale, b.scale)
  const difference = atScale(a, scale) - atScale(b, scale)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** The number behind `digits` with `scale` places after the point. */
interface Scaled {
  readonly digits: bigint
  readonly scale: number
}

function parse(text: DecimalText): Scaled {
  if (!isDecimal(text)) throw new RangeError(`'${text}' is not a decimal`)
  const point = text.indexOf('.')
  if (point < 0) return { digits: BigInt(text), scale: 0 }
  return {
    digits: BigInt(text.slice(0, point) + text.slice(point + 1)),
    scale: text.length - point - 1,
  }
}

function atScale(value: Scaled, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale)
}

function print({ digits, scale }: Scaled): DecimalText {
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const fraction = text.slice(text.length - scale).replace(/0+$/, '')
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}
