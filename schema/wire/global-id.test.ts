import { describe, expect, test } from 'vitest'
import { ownerOf, parseGlobalId, toGlobalId } from './global-id.js'

describe('global ids', () => {
  test('an id read back gives the parts it was printed from, colons in the local id included', () => {
    const id = toGlobalId('dcu', 'offering', 'CA4011:2026/1')
    expect(id).toBe('dcu:offering:CA4011:2026/1')
    expect(parseGlobalId(id)).toEqual({ member: 'dcu', kind: 'offering', localId: 'CA4011:2026/1' })
  })

  test.each([
    ['', 'empty'],
    ['dcu', 'one part'],
    ['dcu:offering', 'two parts'],
    ['dcu:offering:', 'empty local id'],
    [':offering:x', 'no member'],
    ['DCU:offering:x', 'capitals in the member'],
    ['dcu:person:x', 'a kind that does not exist'],
    ['dcu:offering:a b', 'a space in the local id'],
    ['dcu:offering:é', 'a character beyond ASCII'],
    [`dcu:offering:${'x'.repeat(161)}`, 'a local id of 161 characters'],
  ])('%s is not an id: %s', (text) => {
    expect(parseGlobalId(text)).toBeNull()
  })

  test('the owner is read without looking at the rest, and never from a malformed start', () => {
    expect(ownerOf('uis:whatever')).toBe('uis')
    expect(ownerOf('nocolon')).toBeNull()
    expect(ownerOf('__proto__:offering:x')).toBeNull()
  })

  test('printing an id from parts that break their pattern is a bug', () => {
    expect(() => toGlobalId('Dcu', 'offering', 'x')).toThrow(RangeError)
    expect(() => toGlobalId('dcu', 'offering', 'a b')).toThrow(RangeError)
  })
})
