import { describe, expect, it } from 'vitest'
import { isLocalId, type RoleGrant, type TokenClaims, toGlobalId } from '../../schema/index.js'
import { parseIssuers } from './issuer-config.js'
import { parseEntitlement } from './parse-entitlement.js'
import { toPrincipal, toSubjectId } from './to-principal.js'

const namespace = 'urn:geant:eciu.eu'
const [issuer] = parseIssuers(
  JSON.stringify({
    issuers: [
      {
        issuer: 'https://login.example',
        audience: 'hub',
        algorithms: ['ES256'],
        affiliationScopes: ['dcu.ie', 'liu.se'],
        entitlementNamespaces: [namespace],
        clients: { 'dcu-sis': { member: 'dcu' } },
      },
    ],
  }),
  { origin: 'test', isProduction: true },
)
const homes = new Map([
  ['dcu.ie', 'dcu'],
  ['liu.se', 'liu'],
  ['uis.no', 'uis'],
])

function of(claims: Partial<TokenClaims>) {
  if (issuer === undefined) throw new Error('there is no issuer')
  const all = { iss: issuer.issuer, sub: 'jane', ...claims }
  return toPrincipal(all, issuer, (home) => homes.get(home) ?? null)
}

const learner: RoleGrant = { role: 'learner', member: null }
const registrarOfDcu = `${namespace}:group:hub:dcu:role=registrar#login.example`

describe('the grants of a token', () => {
  it.each<[string, Partial<TokenClaims>, readonly RoleGrant[]]>([
    ['a learner’s alone for a student', { eduperson_scoped_affiliation: ['student@dcu.ie'] }, []],
    [
      'no registrar’s by affiliation alone',
      { eduperson_scoped_affiliation: ['staff@dcu.ie', 'faculty@dcu.ie', 'employee@dcu.ie'] },
      [],
    ],
    ['no registrar’s by entitlement alone', { eduperson_entitlement: [registrarOfDcu] }, []],
    [
      'no registrar’s for a student with the entitlement',
      { eduperson_entitlement: [registrarOfDcu], eduperson_scoped_affiliation: ['student@dcu.ie'] },
      [],
    ],
    [
      'no registrar’s for staff of another member',
      { eduperson_entitlement: [registrarOfDcu], eduperson_scoped_affiliation: ['staff@liu.se'] },
      [],
    ],
    [
      'no registrar’s where the issuer may not speak for the scope',
      {
        eduperson_entitlement: [`${namespace}:group:hub:uis:role=registrar`],
        eduperson_scoped_affiliation: ['staff@uis.no'],
      },
      [],
    ],
    [
      'no registrar’s for a scope below a member’s',
      {
        eduperson_entitlement: [registrarOfDcu],
        eduperson_scoped_affiliation: [
          'staff@evil.dcu.ie',
          'staff@dcu.ie.evil.example',
          'staff@dcu.ie@liu.se',
        ],
      },
      [],
    ],
    [
      'a registrar’s for staff with the entitlement',
      {
        eduperson_entitlement: [registrarOfDcu],
        eduperson_scoped_affiliation: ['employee@dcu.ie'],
      },
      [{ role: 'registrar', member: 'dcu' }],
    ],
    [
      'a role for each member one works at, when the entitlement names none',
      {
        eduperson_entitlement: [`${namespace}:group:hub:role=admission`],
        eduperson_scoped_affiliation: ['staff@dcu.ie', 'employee@liu.se', 'member@uis.no'],
      },
      [
        { role: 'admission', member: 'dcu' },
        { role: 'admission', member: 'liu' },
      ],
    ],
    [
      'an analyst’s by entitlement',
      { eduperson_entitlement: [`${namespace}:group:hub:role=analyst`] },
      [{ role: 'analyst', member: null }],
    ],
    [
      'an operator’s by entitlement',
      { eduperson_entitlement: [`${namespace}:group:hub:role=operator`] },
      [{ role: 'operator', member: null }],
    ],
    [
      'no analyst’s or operator’s from a member’s group',
      {
        eduperson_entitlement: [
          `${namespace}:group:hub:dcu:role=analyst`,
          `${namespace}:group:hub:dcu:role=operator`,
        ],
        eduperson_scoped_affiliation: ['staff@dcu.ie'],
      },
      [],
    ],
    [
      'nothing by entitlements of other namespaces and groups',
      {
        eduperson_entitlement: [
          'urn:geant:evil.example:group:hub:role=operator',
          `${namespace}.evil:group:hub:role=operator`,
          `${namespace}:group:other:role=operator`,
          `${namespace}:group:hub:dcu:deep:role=registrar`,
        ],
        eduperson_scoped_affiliation: ['staff@dcu.ie'],
      },
      [],
    ],
    [
      'no partner’s by entitlement',
      {
        eduperson_entitlement: [`${namespace}:group:hub:dcu:role=partner`],
        eduperson_scoped_affiliation: ['staff@dcu.ie'],
      },
      [],
    ],
    ['no partner’s for a person who uses a partner’s client', { client_id: 'dcu-sis' }, []],
  ])('are %s', (_what, claims, grants) => {
    const expected = [...grants, learner].sort((a, b) =>
      a.role < b.role ? -1 : a.role > b.role ? 1 : String(a.member) < String(b.member) ? -1 : 1,
    )
    expect(of(claims)).toMatchObject({ kind: 'person', grants: expected })
  })

  it('bind a system to the member of its registration, whatever else it claims', () => {
    const claims = {
      sub: 'dcu-sis',
      client_id: 'dcu-sis',
      schac_home_organization: 'liu.se',
      eduperson_entitlement: [`${namespace}:group:hub:role=operator`],
    }
    expect(of(claims)).toMatchObject({
      kind: 'system',
      homeMember: 'dcu',
      grants: [{ role: 'partner', member: 'dcu' }],
    })
  })

  it.each(['unknown', 'constructor', '__proto__'])(
    'are none for the unregistered client %s',
    (id) => {
      expect(of({ sub: id, azp: id })).toMatchObject({ kind: 'system', grants: [] })
    },
  )
})

describe('the home of a token', () => {
  it.each([
    ['dcu.ie', 'dcu'],
    ['uis.no', null],
    ['unknown.example', null],
    [undefined, null],
  ])('is, for %s, %s: only what the issuer may assert counts', (home, member) => {
    expect(of(home === undefined ? {} : { schac_home_organization: home }).homeMember).toBe(member)
  })
})

describe('the subject of a token', () => {
  it('is opaque, stable, fits an id, and is another at another issuer', () => {
    const id = toSubjectId('https://a.example', 'jane@dcu.ie')
    expect(id).toBe(toSubjectId('https://a.example', 'jane@dcu.ie'))
    expect(id).toMatch(/^[\w-]{43}$/)
    expect(isLocalId(id)).toBe(true)
    expect(toGlobalId('alliance', 'learner', id)).toBe(`alliance:learner:${id}`)
    const others = [
      toSubjectId('https://b.example', 'jane@dcu.ie'),
      toSubjectId('https://a.example', 'Jane@dcu.ie'),
      toSubjectId('https://a.examplej', 'ane@dcu.ie'),
    ]
    expect(new Set([id, ...others]).size).toBe(4)
  })
})

describe('an entitlement', () => {
  it.each([
    [`${namespace}:group:hub`, { groups: ['hub'], role: null, authority: null }],
    [
      `${namespace}:group:hub:dcu:role=registrar#a.example`,
      { groups: ['hub', 'dcu'], role: 'registrar', authority: 'a.example' },
    ],
    [`${namespace}:group:a%3Ab:role=x`, { groups: ['a:b'], role: 'x', authority: null }],
  ])('is read: %s', (text, expected) => {
    expect(parseEntitlement(text, [namespace])).toEqual({ namespace, ...expected })
  })

  it.each([
    '',
    namespace,
    `${namespace}:group:`,
    `${namespace}:group::hub`,
    `${namespace}:group:hub:role=`,
    `${namespace}:group:hub:role=a:role=b`,
    `${namespace}:group:role=operator:hub`,
    `${namespace}:group:hub#`,
    `${namespace}:group:hub#a#b`,
    `${namespace}:group:%zz`,
    `${namespace}:role=operator`,
    `x${namespace}:group:hub:role=operator`,
    `${namespace}:group:hub:role=operator${'x'.repeat(600)}`,
  ])('is none: %j', (text) => {
    expect(parseEntitlement(text, [namespace])).toBeNull()
  })
})
