import type { CatalogueSource } from './catalogue-source.js'
import { asList, asObject, asText, isObject, type LooseObject, own } from './loose-json.js'
import { readOeapiListing } from './oeapi-paging.js'
import { isUrl, readJsonDocument, unreadable } from './read-document.js'
import { rejectRecord } from './rejected-record.js'

/** One record of an OEAPI source: a course as published, with the offerings that name it. */
export interface OeapiRecord {
  readonly course: unknown
  readonly offerings: readonly unknown[]
}

interface Listings {
  readonly courses: readonly unknown[]
  readonly offerings: readonly unknown[]
  readonly sessions: readonly unknown[]
}

/**
 * A source of Open Education API v6: a file (`{ courses, courseOfferings, academicSessions }`, a page `{ items }` or a
 * bare list of courses, which may nest their `courseOfferings`) or the base URL of a service.
 *
 * Offerings are joined to courses by `courseId` or the expanded `course`; one whose course is missing becomes a
 * rejected record of its own.
 *
 * @param options.timeoutMs - Deadline of each file or page; default 30 000.
 * @param options.now - Runs of a service are asked for from a bit more than a year before it.
 */
export function createOeapiSource(options: {
  readonly name: string
  readonly location: string
  readonly timeoutMs?: number
  readonly now?: () => Date
}): CatalogueSource {
  const { name, location, timeoutMs, now = () => new Date() } = options
  return {
    name,
    async read(signal) {
      const reading = { name, signal, timeoutMs }
      const listings = isUrl(location)
        ? await readOeapiListing(location, reading, now())
        : readListings(await readJsonDocument(location, reading), name)
      return joinOfferings(listings)
    },
  }
}

function readListings(document: unknown, name: string): Listings {
  if (Array.isArray(document)) return { courses: document, offerings: [], sessions: [] }
  if (!isObject(document)) throw unreadable(name, 'expected a JSON object or a list of courses')
  const courses = own(document, 'courses') ?? own(document, 'items')
  if (!Array.isArray(courses)) {
    throw unreadable(name, "expected a list in 'courses' (or 'items' for a page)")
  }
  return {
    courses,
    offerings: readOptionalList(document, 'courseOfferings', name),
    sessions: readOptionalList(document, 'academicSessions', name),
  }
}

function readOptionalList(document: LooseObject, key: string, name: string): readonly unknown[] {
  const value = own(document, key)
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw unreadable(name, `expected a list in '${key}'`)
  return value
}

function joinOfferings({ courses, offerings, sessions }: Listings): readonly unknown[] {
  const sessionsById = new Map<unknown, unknown>()
  for (const session of sessions) {
    sessionsById.set(own(asObject(session), 'academicSessionId'), session)
  }
  const offeringsByCourse = new Map<string, unknown[]>()
  const records: OeapiRecord[] = courses.map((course) => {
    const body = asObject(course)
    const joined = asList(own(body, 'courseOfferings')).map((it) => withSession(it, sessionsById))
    const courseId = asText(own(body, 'courseId'))
    // Two courses with one id: the first gets the offerings, the second is rejected later as a duplicate.
    if (courseId !== null && !offeringsByCourse.has(courseId)) {
      offeringsByCourse.set(courseId, joined)
    }
    return { course, offerings: joined }
  })
  const orphans: unknown[] = []
  for (const offering of offerings) {
    const courseId = readCourseId(offering)
    const siblings = courseId === null ? undefined : offeringsByCourse.get(courseId)
    if (siblings === undefined) orphans.push(toOrphan(offering, courseId))
    else siblings.push(withSession(offering, sessionsById))
  }
  return [...records, ...orphans]
}

function readCourseId(offering: unknown): string | null {
  const body = asObject(offering)
  return asText(own(body, 'courseId')) ?? asText(own(asObject(own(body, 'course')), 'courseId'))
}

function withSession(offering: unknown, sessionsById: ReadonlyMap<unknown, unknown>): unknown {
  if (!isObject(offering) || isObject(own(offering, 'academicSession'))) return offering
  const session = sessionsById.get(own(offering, 'academicSessionId'))
  return session === undefined ? offering : { ...offering, academicSession: session }
}

function toOrphan(offering: unknown, courseId: string | null): unknown {
  const body = asObject(offering)
  const code = asText(own(asObject(own(body, 'primaryCode')), 'code'))
  const localId = code ?? asText(own(body, 'courseOfferingId'))
  const message =
    courseId === null
      ? 'the offering names no course; expected courseId or course'
      : `the offering's course '${courseId.slice(0, 100)}' is not in the source`
  return rejectRecord(
    {
      localId,
      path: 'offerings[0].courseId',
      code: courseId === null ? 'REQUIRED' : 'UNKNOWN_REFERENCE',
      message,
    },
    { mayBeOpportunity: false },
  )
}
