import { cleanTracestate } from './trace-state.js'

/** The two headers of W3C Trace Context, as one upstream call carries them. */
export interface TraceHeaders {
  readonly traceparent: string
  readonly tracestate?: string
}

/** The parts of a valid `traceparent`. */
export interface TraceParent {
  readonly traceId: string
  readonly parentId: string
  /** Two hex digits; of flags this version knows: 01 sampled, 02 random trace id. */
  readonly flags: string
}

/** What a trace is continued from: the request's headers, and its id for when they carry none. */
export interface TraceSource {
  readonly requestId: string
  readonly headers: Readonly<Record<string, string>>
}

const version0Length = 55
const traceparentPattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const noTrace = '0'.repeat(32)
const noSpan = '0'.repeat(16)
const knownFlags = 0x03

/**
 * The trace headers of one upstream call: the request's trace with a new span id. A request without a valid
 * `traceparent` starts a trace named after its request id, so that all its calls, to whatever subgraph, are in one.
 * A trace started here is not sampled: the hub records nothing itself and must not make thirteen members record.
 *
 * @param random - Numbers from 0 up to, not including, 1.
 * @see https://www.w3.org/TR/trace-context/
 */
export function continueTrace(
  { requestId, headers }: TraceSource,
  random: () => number,
): TraceHeaders {
  const { traceparent, tracestate } = headers
  const parent = traceparent === undefined ? undefined : parseTraceparent(traceparent)
  const spanId = createId(2, random)
  // Without a valid traceparent the tracestate means nothing and is dropped (section 3.4 of the specification).
  if (parent === undefined) {
    return { traceparent: `00-${createTraceId(requestId, random)}-${spanId}-00` }
  }
  const continued = `00-${parent.traceId}-${spanId}-${parent.flags}`
  const state = tracestate === undefined ? '' : cleanTracestate(tracestate)
  return { traceparent: continued, ...(state !== '' && { tracestate: state }) }
}

/** Reads a `traceparent` strictly; undefined when it is not valid. Of a later version, the parts this one knows. */
export function parseTraceparent(value: string): TraceParent | undefined {
  const [, version, traceId, parentId, flags, rest] = traceparentPattern.exec(value) ?? []
  if (version === undefined || traceId === undefined) return undefined
  if (parentId === undefined || flags === undefined) return undefined
  if (version === 'ff' || traceId === noTrace || parentId === noSpan) return undefined
  // Only a later version may have more fields.
  if (version === '00' && (rest !== undefined || value.length !== version0Length)) return undefined
  const known = Number.parseInt(flags, 16) & knownFlags
  return { traceId, parentId, flags: `0${known}` }
}

function createTraceId(requestId: string, random: () => number): string {
  if (!uuidPattern.test(requestId)) return createId(4, random)
  const id = requestId
  // `replaceAll` takes several times as long, once for every call of every request.
  return id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24)
}

/** Random hex, 8 digits a word, never all zero: the specification calls that invalid. */
function createId(words: number, random: () => number): string {
  let id = ''
  for (let word = 0; word < words; word += 1) {
    // From 1, so that a source of nothing but zeros still gives a valid id.
    const value = 1 + Math.floor(random() * 0xffff_ffff)
    id += value.toString(16).padStart(8, '0')
  }
  return id
}
