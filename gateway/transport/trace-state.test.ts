import { describe, expect, it } from 'vitest'
import { cleanTracestate } from './trace-state.js'

const longValue = 'v'.repeat(200)

describe('tracestate', () => {
  it.each([
    ['rojo=00f067aa0ba902b7,congo=t61rcWkgMzE', 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'],
    ['foo=1 \t , \t bar=2', 'foo=1,bar=2'],
    ['foo=1,,bar=2,', 'foo=1,bar=2'],
    ['fw529a3039@dt=FfAAAADBAAB', 'fw529a3039@dt=FfAAAADBAAB'],
    ['0tenant@system=1', '0tenant@system=1'],
    ['foo=a b', 'foo=a b'],
  ])('%j is handed on', (value, expected) => {
    expect(cleanTracestate(value)).toBe(expected)
  })

  it.each([
    'foo',
    'foo=',
    '=1',
    'foo=1,foo=2',
    'Foo=1',
    'foo =1',
    'foo=1=2',
    'foo=\u00e9',
    'foo@=1,bar=2',
    '@foo=1',
    'foo@@bar=1',
    '0foo=1',
    `${'z'.repeat(257)}=1`,
    `foo=${'v'.repeat(257)}`,
    Array.from({ length: 33 }, (_, index) => `k${index}=1`).join(','),
    `foo=1,${' '.repeat(20_000)}`,
  ])('%.40j is dropped', (value) => {
    expect(cleanTracestate(value)).toBe('')
  })

  it('loses whole entries above 512 characters, the long ones first', () => {
    const short = Array.from({ length: 20 }, (_, index) => `key${index}=0123456789`)
    const cut = cleanTracestate([short[0], `long=${longValue}`, ...short.slice(1)].join(','))
    expect(cut).toBe(short.join(','))
    expect(cut.length).toBeLessThanOrEqual(512)
  })

  it('loses the last entries when all are short', () => {
    const entries = Array.from({ length: 32 }, (_, index) => `key-${index}=${'v'.repeat(20)}`)
    const cut = cleanTracestate(entries.join(','))
    expect(entries.join(',').startsWith(`${cut},`)).toBe(true)
    expect(cut.length).toBeLessThanOrEqual(512)
    expect(cut.length).toBeGreaterThan(480)
  })
})
