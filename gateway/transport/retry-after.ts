/** Longest wait read out of a header; callers compare it with a deadline far sooner. */
const maximumMs = 86_400_000

const imfDatePattern =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * How long a `Retry-After` header asks to wait, in ms; undefined without one or when it cannot be read.
 * A date in the past means now. Of the date forms only the one servers must write is read, not the two obsolete ones.
 *
 * @param wallNow - Milliseconds since 1970, for the date form.
 * @see RFC 9110, section 10.2.3
 */
export function parseRetryAfter(value: string | undefined, wallNow: number): number | undefined {
  const text = value?.trim()
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, maximumMs)
  if (!imfDatePattern.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - wallNow), maximumMs)
}
