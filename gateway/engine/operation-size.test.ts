import { type FragmentDefinitionNode, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { defaultOperationLimits, measureOperation, type OperationLimits } from './operation-size.js'

function measure(query: string, limits: OperationLimits = defaultOperationLimits) {
  const fragments = new Map<string, FragmentDefinitionNode>()
  let selectionSet: FragmentDefinitionNode['selectionSet'] | undefined
  for (const definition of parse(query, { noLocation: true }).definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition)
    if (definition.kind === Kind.OPERATION_DEFINITION) selectionSet = definition.selectionSet
  }
  if (selectionSet === undefined) throw new Error('no operation')
  return measureOperation(selectionSet, fragments, limits)
}

const limits = { ...defaultOperationLimits, maximumSelections: 100 }

/** Each fragment spreads the next one twice: `levels` lines stand for 2^levels fields. */
function bomb(levels: number): string {
  let query = '{ ...F0 }'
  for (let level = 0; level < levels; level += 1) {
    query += ` fragment F${level} on Query { a: self { ...F${level + 1} } b: self { ...F${level + 1} } }`
  }
  return `${query} fragment F${levels} on Query { id }`
}

test('a fragment counts at each place it is used', () => {
  const query = '{ a { ...F } b { ...F } } fragment F on T { x y ... on T { z } }'
  // Two fields, and twice the spread with its two fields, the inline fragment and that one's field.
  expect(measure(query)).toMatchObject({ selections: 12, depth: 4, rootFields: 2 })
})

test('nested fragments are refused in under 10 ms, however much they stand for', () => {
  const query = bomb(22)
  const durations = Array.from({ length: 5 }, () => {
    const startedAt = performance.now()
    expect(() => measure(query)).toThrow(
      expect.objectContaining({
        code: 'QUERY_TOO_LARGE',
        message:
          'the operation has 20971517 selections with its fragments written out, the limit is 2000',
      }),
    )
    return performance.now() - startedAt
  })
  // The best of five: others use this machine, too.
  expect(Math.min(...durations)).toBeLessThan(10)
})

test('counts beyond all numbers are refused, too', () => {
  expect(() => measure(bomb(1_100), { ...limits, maximumDepth: 5_000 })).toThrow(
    expect.objectContaining({ code: 'QUERY_TOO_LARGE' }),
  )
})

test.each([
  ['fields', `${'{ a '.repeat(51)}${'}'.repeat(51)}`],
  ['inline fragments', `${'{ ... '.repeat(50)}{ a }${'}'.repeat(50)}`],
  [
    'fragments',
    `{ ...F0 } ${Array.from({ length: 50 }, (_, at) => `fragment F${at} on Q { ...F${at + 1} }`).join(' ')} fragment F50 on Q { a }`,
  ],
])('%s nested deeper than the limit are refused', (_name, query) => {
  expect(() => measure(query)).toThrow(
    expect.objectContaining({ code: 'QUERY_TOO_LARGE', details: { limit: 50, value: 51 } }),
  )
})

test('a fragment deep inside another one counts with the depth of its place', () => {
  const query = '{ a { b { ...F } } c { ...F } } fragment F on T { x { y } }'
  expect(() => measure(query, { ...limits, maximumDepth: 4 })).toThrow(
    expect.objectContaining({ code: 'QUERY_TOO_LARGE' }),
  )
  expect(measure(query, { ...limits, maximumDepth: 5 }).depth).toBe(5)
})

test('a fragment that contains itself is refused', () => {
  const query = '{ ...A } fragment A on Q { ...B } fragment B on Q { a { ...A } }'
  expect(() => measure(query)).toThrow('fragment A contains itself')
})

test.each([
  ['root fields', '{ a b ... { c } ...F } fragment F on Q { d e }', { maximumRootFields: 4 }, 5],
  ['aliases', '{ x: a ...F y { ...F } } fragment F on Q { z: b }', { maximumAliases: 2 }, 3],
  [
    'directives',
    '{ a @x @y ...F @z b { ...F } } fragment F on Q { c @x }',
    { maximumDirectives: 4 },
    5,
  ],
])(
  '%s are counted with fragments written out and refused beyond their limit',
  (what, query, limit, value) => {
    expect(() => measure(query, { ...defaultOperationLimits, ...limit })).toThrow(
      expect.objectContaining({
        message: `the operation has ${value} ${what} with its fragments written out, the limit is ${value - 1}`,
      }),
    )
  },
)
