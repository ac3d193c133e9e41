import jsonld from 'jsonld'
import { DataFactory, type Quad, type Quad_Object, type Quad_Subject } from 'n3'
import type { OfflineContexts } from './offline-contexts.js'

/** Statements of a document, or why it could not be read. `UNKNOWN_TERM`: it says things our contexts do not define. */
export type QuadsResult =
  | { readonly ok: true; readonly quads: readonly Quad[] }
  | { readonly ok: false; readonly code: QuadsFault; readonly detail: string }

export type QuadsFault = 'CONTEXT_UNKNOWN' | 'CONTEXT_INLINE' | 'UNKNOWN_TERM' | 'JSON_LD_INVALID'

/** Statements we look at; a credential has 200 to 400. */
const maxQuads = 5_000

/**
 * Reads a JSON-LD document as RDF, without ever fetching a context.
 *
 * @param document - Parsed JSON. Contexts may only be named by URL and only at the top: an inline one could redefine
 * any term, and could be made to take for ever.
 */
export async function toQuads(document: object, contexts: OfflineContexts): Promise<QuadsResult> {
  const declared = '@context' in document ? document['@context'] : undefined
  const list = Array.isArray(declared) ? declared : [declared]
  for (const entry of list) {
    if (typeof entry !== 'string') {
      return { ok: false, code: 'CONTEXT_INLINE', detail: 'a context is not a URL' }
    }
    if (!contexts.has(entry)) return { ok: false, code: 'CONTEXT_UNKNOWN', detail: entry }
  }
  if (hasNestedContext(document)) {
    return { ok: false, code: 'CONTEXT_INLINE', detail: 'a context stands inside the document' }
  }
  try {
    const dataset = (await jsonld.toRDF(document, {
      // Safe: a term that no context defines is an error instead of being dropped in silence.
      safe: true,
      documentLoader: async (url: string) => {
        const context = contexts.get(url)
        if (context === undefined) throw new Error(`no context ${url}`)
        return { contextUrl: undefined, documentUrl: url, document: context }
      },
    } as jsonld.Options.ToRdf)) as readonly PlainQuad[]
    if (dataset.length > maxQuads) {
      return { ok: false, code: 'JSON_LD_INVALID', detail: `more than ${maxQuads} statements` }
    }
    return { ok: true, quads: dataset.map(toQuad) }
  } catch (error) {
    return explain(error)
  }
}

/** A statement as the JSON-LD library makes it: values without methods. */
interface PlainQuad {
  readonly subject: PlainTerm
  readonly predicate: PlainTerm
  readonly object: PlainTerm
  readonly graph: PlainTerm
}

interface PlainTerm {
  readonly termType: string
  readonly value: string
  readonly language?: string
  readonly datatype?: { readonly value: string }
}

const { namedNode, blankNode, literal, quad, defaultGraph } = DataFactory

function toQuad({ subject, predicate, object, graph }: PlainQuad): Quad {
  return quad(
    toTerm(subject) as Quad_Subject,
    toNamedNode(predicate.value),
    toTerm(object) as Quad_Object,
    graph.termType === 'DefaultGraph' ? defaultGraph() : (toTerm(graph) as Quad_Subject as never),
  )
}

function toTerm({ termType, value, language, datatype }: PlainTerm) {
  if (termType === 'BlankNode') return blankNode(value.slice('_:'.length))
  if (termType !== 'Literal') return toNamedNode(value)
  return language ? literal(value, language) : literal(value, toNamedNode(datatype?.value ?? ''))
}

/** IRIs as N-Quads allow them: the library lets others through. */
function toNamedNode(iri: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters an IRI must not have
  if (/[\u0000-\u0020<>"{}|^`\\]/.test(iri))
    throw new Error('an IRI has a character it must not have')
  return namedNode(iri)
}

function hasNestedContext(document: object): boolean {
  const queue: unknown[] = Object.entries(document)
    .filter(([key]) => key !== '@context')
    .map(([, value]) => value)
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if ('@context' in value) return true
    for (const child of Object.values(value)) if (typeof child === 'object') queue.push(child)
  }
  return false
}

/** What jsonld says of a term it does not know, and where it says it. */
function explain(error: unknown): QuadsResult {
  const details = (error as { details?: { event?: { code?: string; details?: object } } }).details
  const event = details?.event
  if (event?.code === undefined) {
    const name = error instanceof Error ? error.message : String(error)
    return { ok: false, code: 'JSON_LD_INVALID', detail: name.slice(0, 200) }
  }
  const { property, value } = (event.details ?? {}) as { property?: unknown; value?: unknown }
  const subject = typeof property === 'string' ? property : typeof value === 'string' ? value : ''
  return {
    ok: false,
    code: 'UNKNOWN_TERM',
    detail: `${event.code} ${subject}`.trim().slice(0, 200),
  }
}
