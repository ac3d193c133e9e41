const dayMs = 86_400_000
const texts = new Map<number, string>()

/** An ISO date moved by whole days. */
export function addDays(date: string, days: number): string {
  return toDate(toDayNumber(date) + days)
}

/** Days since 1970-01-01. */
export function toDayNumber(date: string): number {
  return (
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) / dayMs
  )
}

/** The ISO date of a day number; kept, because a million histories share a few thousand days. */
export function toDate(dayNumber: number): string {
  let text = texts.get(dayNumber)
  if (text === undefined) {
    text = new Date(dayNumber * dayMs).toISOString().slice(0, 10)
    texts.set(dayNumber, text)
  }
  return text
}
