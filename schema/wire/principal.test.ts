import { describe, expect, it } from 'vitest'
import { anonymousPrincipal, hasRole, type Principal, parsePrincipal } from './principal.js'

const registrar: Principal = {
  kind: 'person',
  subjectId: 'subject-1',
  homeMember: 'dcu',
  grants: [{ role: 'registrar', member: 'dcu' }],
  scopes: [],
  assurance: [],
}

describe('a principal', () => {
  it('survives its way through JSON', () => {
    for (const principal of [registrar, anonymousPrincipal]) {
      expect(parsePrincipal(JSON.parse(JSON.stringify(principal)))).toEqual(principal)
    }
  })

  it('holds a role only for the member it was granted for', () => {
    expect(hasRole(registrar, 'registrar', 'dcu')).toBe(true)
    expect(hasRole(registrar, 'registrar', 'uis')).toBe(false)
    expect(hasRole(registrar, 'analyst')).toBe(false)
  })

  it('holds a role of the alliance for every member', () => {
    const operator: Principal = { ...registrar, grants: [{ role: 'operator', member: null }] }
    expect(hasRole(operator, 'operator', 'uis')).toBe(true)
  })

  it.each([
    ['nothing', null],
    ['a role nobody knows', { ...registrar, grants: [{ role: 'root', member: null }] }],
    ['a member that cannot be a slug', { ...registrar, homeMember: 'DCU' }],
    ['an anonymous caller with a subject', { ...anonymousPrincipal, subjectId: 'x' }],
    ['an anonymous caller with grants', { ...anonymousPrincipal, grants: registrar.grants }],
    ['a field more', { ...registrar, isAdmin: true }],
  ])('is not read from %s', (_what, value) => {
    expect(parsePrincipal(value)).toBeNull()
  })
})
