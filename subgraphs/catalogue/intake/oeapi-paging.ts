import { asText, isObject, own } from './loose-json.js'
import { type DocumentOptions, readJsonDocument, unreadable } from './read-document.js'

const pageSize = 250
/** 500 pages of 250 are 125,000 courses: more than any member has, less than an endless service sends. */
const maximumPages = 500
const mediaType = 'application/vnd.oeapi+json;version=6, application/json'
/** The specification shows only future runs unless asked; the catalogue also wants those of this year. */
const offeringsBackDays = 400

/**
 * All courses and their offerings of an OEAPI v6 service, page by page.
 *
 * The offerings are asked for course by course: v6 has no listing of all offerings.
 *
 * @throws HubError `SOURCE_UNREADABLE` when a page fails, or when paging does not come to an end.
 */
export async function readOeapiListing(
  baseUrl: string,
  options: DocumentOptions,
  now: Date,
): Promise<{ courses: unknown[]; offerings: unknown[]; sessions: unknown[] }> {
  const base = baseUrl.replace(/\/+$/, '')
  const courses = await readPages(`${base}/courses`, options, 'courseId')
  const since = new Date(now.getTime() - offeringsBackDays * 86_400_000).toISOString()
  const offerings: unknown[] = []
  for (const course of courses) {
    const courseId = isObject(course) ? asText(own(course, 'courseId')) : null
    if (courseId === null) continue
    const url = `${base}/courses/${encodeURIComponent(courseId)}/course-offerings`
    const query = { since, expand: 'academicSession' }
    for (const offering of await readPages(url, options, 'courseOfferingId', query)) {
      // The path says whose offering it is; services often leave out what it says.
      offerings.push(isObject(offering) ? { courseId, ...offering } : offering)
    }
  }
  return { courses, offerings, sessions: [] }
}

async function readPages(
  url: string,
  options: DocumentOptions,
  idField: string,
  query: Readonly<Record<string, string>> = {},
): Promise<unknown[]> {
  const found: unknown[] = []
  let previousFirst: unknown
  for (let pageNumber = 1; pageNumber <= maximumPages; pageNumber += 1) {
    const search = new URLSearchParams({
      ...query,
      pageSize: String(pageSize),
      pageNumber: String(pageNumber),
    })
    const page = await readJsonDocument(`${url}?${search}`, { accept: mediaType, ...options })
    const items = isObject(page) ? own(page, 'items') : undefined
    if (!isObject(page) || !Array.isArray(items)) {
      throw unreadable(options.name, `page ${pageNumber} has no list of 'items'`)
    }
    const first = isObject(items[0]) ? own(items[0], idField) : undefined
    // A service that ignores pageNumber would give its first page for ever.
    if (pageNumber > 1 && first !== undefined && first === previousFirst) {
      throw unreadable(options.name, `page ${pageNumber} repeats the page before it`)
    }
    previousFirst = first
    for (const item of items) found.push(item)
    if (own(page, 'hasNextPage') !== true || items.length === 0) return found
  }
  throw unreadable(options.name, `more than ${maximumPages} pages`)
}
