import type { DayText, InstantText } from './catalogue-record.js'

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const momentPattern =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$/

/** Whether the text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = dayPattern.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000
}

/** Whether the text is an instant that exists, ISO 8601 in UTC with `Z`. */
export function isInstant(text: string): boolean {
  const parts = readMoment(text)
  return parts !== null && /Z$/.test(text) && text.includes('T')
}

/**
 * The calendar day of a date or date-time, at the member's place: systems that store midnight in UTC would otherwise
 * move every start by a day. Null when the text is neither.
 */
export function parseDay(text: string, timeZone: string): DayText | null {
  const trimmed = text.trim()
  if (isDay(trimmed)) return trimmed
  const moment = readMoment(trimmed)
  if (moment === null) return null
  if (moment.offset === null) return moment.day
  return localDay(new Date(moment.utcMs), timeZone)
}

/**
 * The instant of a date or date-time in UTC. A time without an offset is local at the member's place; a bare day means
 * its first second, or its last one for the end of a window. Null when the text is neither.
 */
export function parseInstant(
  text: string,
  timeZone: string,
  edge: 'start' | 'end' = 'start',
): InstantText | null {
  const trimmed = text.trim()
  const local = isDay(trimmed)
    ? `${trimmed}T${edge === 'start' ? '00:00:00' : '23:59:59'}`
    : trimmed
  const moment = readMoment(local)
  if (moment === null) return null
  const utcMs = moment.offset === null ? toUtc(moment.utcMs, timeZone) : moment.utcMs
  return `${new Date(utcMs).toISOString().slice(0, 19)}Z`
}

interface Moment {
  readonly day: DayText
  /** As if the local time were UTC when there is no offset. */
  readonly utcMs: number
  readonly offset: string | null
}

function readMoment(text: string): Moment | null {
  const match = momentPattern.exec(text)
  if (match === null) return null
  const [, day = '', hour = '', minute = '', second = '00', offset] = match
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const wallMs = Date.parse(`${day}T${hour}:${minute}:${second}Z`)
  if (offset === undefined) return { day, utcMs: wallMs, offset: null }
  const offsetMinutes = readOffset(offset)
  if (offsetMinutes === null) return null
  return { day, utcMs: wallMs - offsetMinutes * 60_000, offset }
}

function readOffset(offset: string): number | null {
  if (/^z$/i.test(offset)) return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(-2))
  if (hours > 14 || minutes > 59) return null
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function localDay(date: Date, timeZone: string): DayText {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(date)
}

// Two rounds: the first guess may lie on the other side of a change of clocks.
function toUtc(wallMs: number, timeZone: string): number {
  const first = wallMs - offsetMs(wallMs, timeZone)
  return wallMs - offsetMs(first, timeZone)
}

function offsetMs(utcMs: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(utcMs))
  return Date.parse(`${text.replace(' ', 'T')}Z`) - utcMs
}
