import type { DecimalText } from './catalogue-record.js'

/** The largest number of thousandths a sort column holds (Postgres `integer`). */
const maximumThousandths = 2_147_483_647

/**
 * Credits as whole thousandths, so that orders and ranges compare integers: `2.5` is 2500. Halves round up.
 * Values that do not fit are cut at the column's largest value; null for what is not a plain decimal.
 */
export function toThousandths(credits: DecimalText): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(credits)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = ''] = match
  const digits = `${fraction}0000`.slice(0, 4)
  const tenThousandths = BigInt(whole) * 10_000n + BigInt(digits)
  const thousandths = (tenThousandths + 5n) / 10n
  const bounded = thousandths > maximumThousandths ? maximumThousandths : Number(thousandths)
  return sign === '-' && bounded > 0 ? -bounded : bounded
}
