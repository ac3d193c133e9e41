import { isDeepStrictEqual } from 'node:util'
import { parseDay, parseInstant } from '../domain/calendar.js'
import { parseDecimal } from '../domain/decimal.js'
import type { MemberProfile } from '../domain/member-profile.js'
import { findAllianceExtension } from './alliance-extension.js'
import { oeapiText, pickDraftText, toLanguagesDraft, toLocalisedDraft } from './localised-draft.js'
import { asList, asText, isObject, type LooseObject, own } from './loose-json.js'
import { readPrimaryCode, toOeapiId } from './oeapi-identity.js'
import { toModeOfDelivery } from './oeapi-mode.js'

/** What a run takes from its course when it says nothing itself. */
export interface InheritedFromCourse {
  readonly title: unknown
  readonly languages: unknown
  readonly mode: unknown
  readonly awardingBody: unknown
}

/**
 * An OEAPI v6 course offering in the shape of an `OfferingRecord`, not yet validated.
 *
 * Several enrolment periods become the one window from the first opening to the last closing. The price is what a
 * student pays in all (`total_costs`), else the first other cost that is no subsidy.
 */
export function toOfferingFromOeapi(
  offering: unknown,
  inherited: InheritedFromCourse,
  profile: MemberProfile,
): unknown {
  if (!isObject(offering)) return offering
  const periods = asList(own(offering, 'enrolmentPeriods')).filter(isObject)
  return {
    localId: toOeapiId(offering, 'courseOfferingId'),
    code: readPrimaryCode(offering),
    title: toOwnTitle(own(offering, 'name'), inherited.title, profile),
    session: toSession(own(offering, 'academicSession'), profile),
    startDate: toDayDraft(own(offering, 'startDateTime'), profile),
    endDate: toDayDraft(own(offering, 'endDateTime'), profile),
    mode: toModeOfDelivery(own(offering, 'modesOfDelivery')) ?? inherited.mode,
    languages:
      asList(own(offering, 'teachingLanguages')).length > 0
        ? toLanguagesDraft(own(offering, 'teachingLanguages'), profile)
        : inherited.languages,
    place: toPlace(own(offering, 'addresses'), profile),
    state: toState(own(offering, 'state')),
    application: toWindow(periods, profile),
    applicationUrl: periods.map((it) => own(it, 'enrolmentUrl')).find((it) => it != null) ?? null,
    capacity: toCapacity(offering),
    price: toPrice(own(offering, 'priceInformation'), profile),
    awardingBody: own(findAllianceExtension(offering), 'awardingBody') ?? inherited.awardingBody,
  }
}

// OEAPI requires a name of every offering, so most repeat that of their course. A run that says less than its course,
// e.g. in one language only, keeps its title: it may be meant.
function toOwnTitle(name: unknown, courseTitle: unknown, profile: MemberProfile): unknown {
  const title = toLocalisedDraft(name, profile, oeapiText)
  return isObject(title) && isDeepStrictEqual(title, courseTitle) ? {} : title
}

function toDayDraft(value: unknown, profile: MemberProfile): unknown {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? (parseDay(value, profile.timeZone) ?? value) : value
}

function toSession(session: unknown, profile: MemberProfile): unknown {
  if (!isObject(session)) return null
  const name = toLocalisedDraft(own(session, 'name'), profile, oeapiText)
  return {
    name: pickDraftText(name, profile) ?? readPrimaryCode(session),
    startDate: toDayDraft(own(session, 'startDateTime'), profile),
    endDate: toDayDraft(own(session, 'endDateTime'), profile),
  }
}

function toPlace(addresses: unknown, profile: MemberProfile): unknown {
  const address = asList(addresses).find(isObject)
  if (address === undefined) return null
  const additional = toLocalisedDraft(own(address, 'additional'), profile, oeapiText)
  return {
    name: pickDraftText(additional, profile),
    city: asText(own(address, 'city')),
    countryCode: toCountryCode(own(address, 'countryCode')),
  }
}

// Version 6 has an object of several ISO 3166 codes, version 5 plain text. A country that is given by three letters only
// is left out: the catalogue keeps two.
function toCountryCode(country: unknown): unknown {
  if (!isObject(country)) return country ?? null
  const subdivision = asText(own(country, 'iso3166-2'))
  return own(country, 'iso3166-1-alpha2') ?? subdivision?.slice(0, 2) ?? null
}

// States of the member's own (`x-…`) are no known promise to students, so they count as not on offer.
function toState(state: unknown): unknown {
  if (state === undefined || state === null) return 'ACTIVE'
  if (typeof state !== 'string') return state
  return state.startsWith('x-') ? 'INACTIVE' : state.toUpperCase()
}

function toWindow(periods: readonly LooseObject[], profile: MemberProfile): unknown {
  if (periods.length === 0) return null
  const opens = periods.map((it) => toInstantDraft(own(it, 'startDateTime'), profile, 'start'))
  const closes = periods.map((it) => toInstantDraft(own(it, 'endDateTime'), profile, 'end'))
  // A period without an end keeps the whole window open.
  return { opensAt: outermost(opens, 'first'), closesAt: outermost(closes, 'last') }
}

function outermost(instants: readonly unknown[], which: 'first' | 'last'): unknown {
  const broken = instants.find((it) => it !== null && (typeof it !== 'string' || !it.endsWith('Z')))
  if (broken !== undefined) return broken
  if (instants.includes(null)) return null
  const sorted = [...instants].sort()
  return which === 'first' ? sorted[0] : sorted.at(-1)
}

function toInstantDraft(value: unknown, profile: MemberProfile, edge: 'start' | 'end'): unknown {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? (parseInstant(value, profile.timeZone, edge) ?? value) : value
}

function toCapacity(offering: LooseObject): unknown {
  const maximum = own(offering, 'maxNumberStudents') ?? null
  const enrolled = own(offering, 'enrolledNumberStudents') ?? null
  return maximum === null && enrolled === null ? null : { maximum, enrolled }
}

function toPrice(costs: unknown, profile: MemberProfile): unknown {
  const priced = asList(costs)
    .filter(isObject)
    .filter((cost) => (own(cost, 'amount') ?? null) !== null)
  const cost =
    priced.find((it) => own(it, 'costType') === 'total_costs') ??
    priced.find((it) => own(it, 'costType') !== 'stap_eligible')
  if (cost === undefined) return null
  const amount = own(cost, 'amount')
  return {
    amount: parseDecimal(amount) ?? amount,
    currency: own(cost, 'currency') ?? profile.currency,
  }
}
