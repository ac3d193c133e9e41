import { describe, expect, it } from 'vitest'
import { anonymousPrincipal, type Principal } from '../../schema/index.js'
import { compileAccessRules } from './access-rules.js'

const person: Principal = {
  ...anonymousPrincipal,
  kind: 'person',
  subjectId: 'somebody',
  grants: [{ role: 'registrar', member: 'dcu' }],
  scopes: ['a', 'b'],
  assurance: ['https://refeds.org/assurance/IAP/high'],
}

const link = (feature: string, more = '') =>
  `@link(url: "https://specs.apollo.dev/${feature}/v0.1", for: SECURITY${more})`
const toSdl = (types: string, links = link('authenticated')) => `schema ${links} { query: Query }
  ${types}`

/** Whether `principal` may read `Type.field` under the rules of these types. */
function mayRead(coordinate: string, types: string, principal: Principal, links?: string): boolean {
  const rules = compileAccessRules(toSdl(types, links))
  const [type = '', field] = coordinate.split('.')
  const conditions =
    field === undefined ? rules.conditionsOfType(type) : rules.conditionsOfField(type, field)
  return conditions.every((condition) => rules.isMet(condition, principal))
}

describe('access rules', () => {
  it.each([
    ['the field', 'type Query { f: Int @authenticated }', 'Query.f'],
    ['its type', 'type Query @authenticated { f: Int }', 'Query.f'],
    ['the object it gives', 'type Query { f: [T!]! } type T @authenticated { x: Int }', 'Query.f'],
    ['the scalar it gives', 'type Query { f: S } scalar S @authenticated', 'Query.f'],
    ['the enum it gives', 'type Query { f: E } enum E @authenticated { A }', 'Query.f'],
    [
      'an interface it belongs to',
      'interface I { x: Int @authenticated } type T implements I { x: Int }',
      'T.x',
    ],
    [
      'an interface its type belongs to',
      'interface I @authenticated { x: Int } type T implements I { x: Int }',
      'T',
    ],
    [
      'a field it requires',
      'type T { ssn: Int @authenticated year: Int @join__field(graph: A, requires: "ssn") }',
      'T.year',
    ],
    [
      'a field it requires far below, through a fragment',
      'type T { u: U y: Int @join__field(graph: A, requires: "u { ... on V { w { x } } }") } union U = V type V { w: W } type W { x: Int @authenticated }',
      'T.y',
    ],
    [
      'a field that a field it requires requires',
      'type T { a: Int @authenticated b: Int @join__field(requires: "a") c: Int @join__field(requires: "b") }',
      'T.c',
    ],
    [
      'a required field of whatever implements an interface',
      'type T { i: I y: Int @join__field(requires: "i { x }") } interface I { x: Int } type P implements I { x: Int @authenticated }',
      'T.y',
    ],
    [
      'what it takes from a context above it',
      'type A @context(name: "c__ctx") { secret: Int @authenticated } type T { y(s: Int): Int @join__field(graph: G, contextArguments: [{context: "c__ctx", name: "s", type: "Int", selection: "{ secret }"}]) }',
      'T.y',
    ],
  ])('need what stands at %s', (_what, types, coordinate) => {
    expect(mayRead(coordinate, types, anonymousPrincipal)).toBe(false)
    expect(mayRead(coordinate, types, person)).toBe(true)
  })

  it('end for fields that require each other', () => {
    const types =
      'type T { a: Int @join__field(requires: "b") @authenticated b: Int @join__field(requires: "a") }'
    for (const coordinate of ['T.a', 'T.b']) {
      expect(mayRead(coordinate, types, anonymousPrincipal)).toBe(false)
    }
  })

  it('leave an implementation free that its own author left free, where a composer summed up the others', () => {
    const types = `interface I @authenticated { x: Int @requiresScopes(scopes: [["a", "c"]]) }
      type P implements I @authenticated { x: Int @requiresScopes(scopes: [["a"]]) }
      type Q implements I { x: Int @requiresScopes(scopes: [["c"]]) }
      type R implements I { x: Int }`
    expect(mayRead('R.x', types, anonymousPrincipal)).toBe(true)
    expect(mayRead('R', types, anonymousPrincipal)).toBe(true)
    expect(mayRead('P.x', types, anonymousPrincipal)).toBe(false)
    expect(mayRead('P.x', types, person)).toBe(true)
    expect(mayRead('Q.x', types, person)).toBe(false)
  })

  it.each([
    ['[["a"]]', true],
    ['[["a", "b"]]', true],
    ['[["a", "x"], ["b"]]', true],
    ['[["x"]]', false],
    ['[["a", "x"]]', false],
    ['[]', false],
    ['[[]]', false],
  ])('ask for scopes %s as alternatives of sets: %s', (scopes, expected) => {
    const types = `type Query { f: Int @requiresScopes(scopes: ${scopes}) }`
    expect(mayRead('Query.f', types, person)).toBe(expected)
    expect(mayRead('Query.f', types, anonymousPrincipal)).toBe(false)
  })

  it.each([
    ['role:registrar', true],
    ['role:registrar@dcu', true],
    ['role:registrar@uis', false],
    ['role:operator', false],
    ['kind:person', true],
    ['kind:system', false],
    ['assurance:https://refeds.org/assurance/IAP/high', true],
    ['assurance:low', false],
    ['somethingElse', false],
    ['', false],
  ])('know the policy %s', (policy, expected) => {
    const types = `type Query { f: Int @policy(policies: [["${policy}"]]) }`
    expect(mayRead('Query.f', types, person)).toBe(expected)
  })

  it.each([
    [
      'an import',
      link('authenticated', ', import: [{ name: "@authenticated", as: "@login" }]'),
      '@login',
    ],
    ['the feature', link('authenticated', ', as: "login"'), '@login'],
    ['nothing, without a link', '', '@authenticated'],
  ])('are found under the name given by %s', (_what, links, directive) => {
    expect(
      mayRead('Query.f', `type Query { f: Int ${directive} }`, anonymousPrincipal, links),
    ).toBe(false)
  })

  it('refuse a supergraph that relies on a security feature they do not know', () => {
    const sdl = toSdl('type Query { f: Int }', link('encrypted'))
    expect(() => compileAccessRules(sdl)).toThrow(
      expect.objectContaining({ code: 'SUPERGRAPH_INVALID' }),
    )
  })

  it('touch only operations that name something protected', () => {
    const rules = compileAccessRules(
      toSdl(
        'type Query { open: Int f: Int @authenticated i: I } interface I { x: Int } type T implements I @authenticated { x: Int }',
      ),
    )
    expect(rules.conditionsTouched(['open'])).toEqual([])
    expect(rules.conditionsTouched(['f'])).toEqual([0])
    expect(rules.conditionsTouched(['i'])).toEqual([0])
  })
})
