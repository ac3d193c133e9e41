import { describe, expect, it } from 'vitest'
import { continueTrace, parseTraceparent } from './trace-context.js'

// Ids are the specification's own examples.
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const parentId = '00f067aa0ba902b7'
const traceparent = `00-${traceId}-${parentId}-01`
const requestId = '3e4666bf-d5e5-4aa7-b8ce-cefe41c7568a'
const half = () => 0.5

describe('traceparent', () => {
  it.each([
    ['sampled', traceparent, '01'],
    ['not sampled', `00-${traceId}-${parentId}-00`, '00'],
    ['with a random trace id', `00-${traceId}-${parentId}-03`, '03'],
    ['with flags nobody knows yet', `00-${traceId}-${parentId}-fd`, '01'],
    ['of a later version', `cc-${traceId}-${parentId}-01`, '01'],
    ['of a later version with more fields', `cc-${traceId}-${parentId}-01-what-the-future`, '01'],
  ])('is read when %s', (_name, value, flags) => {
    expect(parseTraceparent(value)).toEqual({ traceId, parentId, flags })
  })

  it.each([
    ['empty', ''],
    ['of version ff', `ff-${traceId}-${parentId}-01`],
    ['of version 00 with more fields', `${traceparent}-what`],
    ['of version 00 with a dash at its end', `${traceparent}-`],
    ['of a later version with characters after the flags', `cc-${traceId}-${parentId}-01what`],
    ['in upper case', traceparent.toUpperCase()],
    ['with a trace id of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
    ['with a parent id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['with a short trace id', `00-${traceId.slice(1)}-${parentId}-01`],
    ['with a long parent id', `00-${traceId}-${parentId}0-01`],
    ['with a letter that is no hex digit', `00-${traceId}-${parentId}-0g`],
    ['with a space before it', ` ${traceparent}`],
    ['with a line break after it', `${traceparent}\n`],
    ['sent twice', `${traceparent}, ${traceparent}`],
  ])('is refused when %s', (_name, value) => {
    expect(parseTraceparent(value)).toBeUndefined()
  })
})

describe('trace of an upstream call', () => {
  it('goes on with a new span id, the same flags and the tracestate', () => {
    const tracestate = 'congo=t61rcWkgMzE,rojo=00f067aa0ba902b7'
    const continued = continueTrace({ requestId, headers: { traceparent, tracestate } }, half)
    expect(continued).toEqual({
      traceparent: `00-${traceId}-8000000080000000-01`,
      tracestate,
    })
  })

  it('has another span id for each call', () => {
    const source = { requestId, headers: { traceparent } }
    const spans = new Set(
      Array.from({ length: 100 }, () => continueTrace(source, Math.random).traceparent),
    )
    expect(spans.size).toBe(100)
  })

  it('begins with the request id when the client sent none, and is not sampled', () => {
    const begun = continueTrace({ requestId, headers: {} }, half)
    expect(begun).toEqual({
      traceparent: '00-3e4666bfd5e54aa7b8cecefe41c7568a-8000000080000000-00',
    })
  })

  it('begins anew, without tracestate, when the client’s traceparent is not valid', () => {
    const headers = { traceparent: `00-${'0'.repeat(32)}-${parentId}-01`, tracestate: 'a=1' }
    const begun = continueTrace({ requestId: 'contract-check', headers }, half)
    expect(begun).toEqual({
      traceparent: `00-${'80000000'.repeat(4)}-8000000080000000-00`,
    })
  })

  it.each([0, 0.999_999_999_999])('is valid whatever the random numbers are: %d', (number) => {
    const begun = continueTrace({ requestId: 'x', headers: {} }, () => number)
    expect(parseTraceparent(begun.traceparent)).toBeDefined()
  })
})
