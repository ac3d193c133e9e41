import { describe, expect, it } from 'vitest'
import { readClaims, selectDisclosures } from './select-disclosures.js'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = `${encode({ alg: 'ES256' })}.${encode({ title: { en: 'Small' } })}.signature`
const name = encode(['salt-1', 'familyName', 'Somebody'])
const grade = encode(['salt-2', 'grade', { value: '8', scale: '1–10' }])
const sdJwt = `${jwt}~${name}~${grade}~`

describe('a shared SD-JWT', () => {
  it('keeps the sealed part and the chosen disclosures to the letter', () => {
    expect(selectDisclosures(sdJwt, new Set(['grade']))).toBe(`${jwt}~${grade}~`)
  })

  it('says nothing that was not chosen', () => {
    const claims = readClaims(selectDisclosures(sdJwt, new Set()))
    expect(claims).toEqual({ title: { en: 'Small' } })
  })

  it('reads open and disclosed claims alike, also of a presentation with a key binding', () => {
    expect(readClaims(`${sdJwt}key-binding`)).toMatchObject({ familyName: 'Somebody' })
  })
})
