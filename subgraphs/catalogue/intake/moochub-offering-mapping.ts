import { parseDay, parseInstant } from '../domain/calendar.js'
import { parseDecimal } from '../domain/decimal.js'
import type { MemberProfile } from '../domain/member-profile.js'
import { allianceKey } from './alliance-extension.js'
import { asList, asObject, asText, isObject, type LooseObject, own } from './loose-json.js'

interface Course {
  readonly localId: string | null
  readonly mode: unknown
  readonly languages: unknown
}

/**
 * The runs of a MOOChub item: one per start date, with the end date in the same place of its list. `startDate: null`
 * means that one can start at any time and gives one run without dates; left out or empty, nothing is said of runs.
 * Runs in `allianceHub.offerings` replace them and inherit what they leave out.
 */
export function toOfferingsFromMoochub(
  attributes: LooseObject,
  course: Course,
  profile: MemberProfile,
): unknown {
  const shared = {
    mode: course.mode,
    languages: course.languages,
    place: toPlace(own(attributes, 'contentLocation')),
    application: toWindow(attributes, profile),
    applicationUrl: own(attributes, 'url') ?? null,
    price: toPrice(attributes, profile),
    awardingBody: own(asObject(own(attributes, allianceKey)), 'awardingBody') ?? null,
  }
  const given = own(asObject(own(attributes, allianceKey)), 'offerings')
  if (given !== undefined) {
    if (!Array.isArray(given)) return given
    return given.map((offering) => (isObject(offering) ? { ...shared, ...offering } : offering))
  }
  const starts = own(attributes, 'startDate')
  const ends = asList(own(attributes, 'endDate'))
  const { localId } = course
  if (starts === null) return [{ localId: runId(localId, 'open'), ...shared }]
  return asList(starts).map((start, index) => {
    const startDate = toDayDraft(start, profile)
    const endDate = toDayDraft(ends[index] ?? null, profile)
    return { localId: runId(localId, startDate), startDate, endDate, ...shared }
  })
}

/** One mode for the several of MOOChub: online with onsite is blended; synchronous or not is no mode of delivery. */
export function toMoochubMode(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) return value
  const words = new Set(value)
  words.delete('synchronous')
  words.delete('asynchronous')
  if (words.has('blended') || (words.has('online') && words.has('onsite'))) return 'BLENDED'
  if (words.has('online')) return 'ONLINE'
  if (words.has('onsite')) return 'PRESENTIAL'
  return value.find((word) => words.has(word)) ?? null
}

// The start day names the run: MOOChub has no ids for runs, and a position in a list would change with it.
function runId(localId: string | null, suffix: unknown): string | null {
  return localId === null ? null : `${localId}-${String(suffix).replaceAll(/[^\w]/g, '')}`
}

function toDayDraft(value: unknown, profile: MemberProfile): unknown {
  return typeof value === 'string' ? (parseDay(value, profile.timeZone) ?? value) : value
}

function toWindow(attributes: LooseObject, profile: MemberProfile): unknown {
  const opens = own(attributes, 'applicationStartDate') ?? null
  const closes = own(attributes, 'applicationDeadline') ?? null
  if (opens === null && closes === null) return null
  return {
    opensAt: toInstantDraft(opens, profile, 'start'),
    closesAt: toInstantDraft(closes, profile, 'end'),
  }
}

function toInstantDraft(value: unknown, profile: MemberProfile, edge: 'start' | 'end'): unknown {
  return typeof value === 'string' ? (parseInstant(value, profile.timeZone, edge) ?? value) : value
}

function toPlace(location: unknown): unknown {
  if (!isObject(location)) return null
  const address = asObject(own(location, 'address'))
  const place = {
    name: asText(own(location, 'name')),
    city: asText(own(address, 'addressLocality')) ?? asText(own(address, 'city')),
    countryCode: toCountryCode(own(address, 'addressCountry')),
  }
  return place.name === null && place.city === null && place.countryCode === null ? null : place
}

// MOOChub writes countries as a code or as a name; a name is no code and is left out.
function toCountryCode(country: unknown): string | null {
  const text = asText(country)?.trim() ?? ''
  return /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null
}

/** What one pays for all of it: the complete offer, else the course's; 0 when only `free` access says so. */
function toPrice(attributes: LooseObject, profile: MemberProfile): unknown {
  const offers = asList(own(attributes, 'offer')).filter(isObject)
  const offer =
    offers.find((it) => own(it, 'category') === 'complete') ??
    offers.find((it) => own(it, 'category') === 'course')
  if (offer !== undefined) {
    const amount = own(offer, 'price')
    const currency = own(offer, 'priceCurrency') ?? profile.currency
    return { amount: parseDecimal(amount) ?? amount, currency }
  }
  const isFree = asList(own(attributes, 'access')).includes('free')
  return isFree ? { amount: '0', currency: profile.currency } : null
}
