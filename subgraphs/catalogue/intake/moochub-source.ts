import type { CatalogueSource } from './catalogue-source.js'
import { asObject, asText, isObject, own } from './loose-json.js'
import { isUrl, readJsonDocument, unreadable } from './read-document.js'

const maximumPages = 500
const mediaType =
  'application/vnd.api+json; moochub-version=3, application/vnd.api+json, application/json'

/**
 * A source of MOOChub v3 (JSON:API): a file or a URL whose `links.next` is followed on the same host.
 * One record is one item of `data`.
 *
 * @param options.timeoutMs - Deadline of each page; default 30 000.
 */
export function createMoochubSource(options: {
  readonly name: string
  readonly location: string
  readonly timeoutMs?: number
}): CatalogueSource {
  const { name, location, timeoutMs } = options
  return {
    name,
    async read(signal) {
      const reading = { name, signal, timeoutMs, accept: mediaType }
      const records: unknown[] = []
      const seen = new Set<string>()
      let next: string | null = location
      while (next !== null) {
        if (seen.has(next)) throw unreadable(name, `the page '${next}' links back to itself`)
        if (seen.size >= maximumPages) throw unreadable(name, `more than ${maximumPages} pages`)
        seen.add(next)
        const page = await readJsonDocument(next, reading)
        const data = isObject(page) ? own(page, 'data') : undefined
        if (!Array.isArray(data)) throw unreadable(name, "expected a list in 'data'")
        for (const item of data) records.push(item)
        // A file is one page, whatever service its links came from.
        next = isUrl(location) ? nextPage(page, next, name) : null
      }
      return records
    },
  }
}

function nextPage(page: unknown, current: string, name: string): string | null {
  const links = asObject(own(asObject(page), 'links'))
  const link = own(links, 'next')
  // JSON:API allows a link to be an object with an href.
  const href = asText(link) ?? asText(own(asObject(link), 'href'))
  if (href === null) return null
  const url = URL.parse(href, current)
  if (url === null) throw unreadable(name, `links.next '${href.slice(0, 200)}' is not a URL`)
  if (url.origin !== new URL(current).origin) {
    throw unreadable(name, `links.next leads to another host, '${url.host}'`)
  }
  return url.href
}
