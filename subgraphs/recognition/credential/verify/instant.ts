/** As most of them are written. */
const plainInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const isoInstant =
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/

/**
 * Milliseconds since 1970 of an ISO date or instant, or of JWT seconds; null for anything else. An instant without an
 * offset is taken as UTC.
 */
export function toTime(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value * 1000 : null
  if (typeof value !== 'string') return null
  if (value.length === 20 && plainInstant.test(value)) return toTimeOrNull(value)
  if (!isoInstant.test(value)) return null
  const hasOffset = /(?:Z|[+-]\d{2}:\d{2})$/.test(value)
  return toTimeOrNull(value.includes('T') && !hasOffset ? `${value}Z` : value)
}

function toTimeOrNull(text: string): number | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : time
}
