import type { RequiresSelection } from '@graphql-hive/router-query-planner'
import { expect, test } from 'vitest'
import type { JsonObject } from './merge-data.js'
import { compileRepresentationPrinter } from './representation-printer.js'
import { parseSupergraph } from './supergraph-model.js'

const model = parseSupergraph(`
  enum join__Graph { A @join__graph(name: "a", url: "") }
  interface Media { id: ID }
  type Book implements Media { id: ID }
  type Film implements Media { id: ID }
  type Dim { h: Int }
`)

const name = (field: string): RequiresSelection => ({ kind: 'Field', name: field })
const on = (typeCondition: string, ...selections: RequiresSelection[]): RequiresSelection => ({
  kind: 'InlineFragment',
  typeCondition,
  selections: [name('__typename'), ...selections],
})
const dim: RequiresSelection = { kind: 'Field', name: 'dim', selections: [name('h'), name('w')] }
const priced: RequiresSelection = { kind: 'Field', name: '_internal_qp_alias_0', alias: 'price' }

test.each<[string, RequiresSelection[], JsonObject, string | undefined]>([
  [
    'the key alone',
    [on('Book', name('id'))],
    { __typename: 'Book', id: '1', x: 2 },
    '{"__typename":"Book","id":"1"}',
  ],
  [
    'quotes and control characters',
    [on('Book', name('id'))],
    { __typename: 'Book', id: '"\n' },
    '{"__typename":"Book","id":"\\"\\n"}',
  ],
  [
    'a nested key',
    [on('Book', dim)],
    { __typename: 'Book', dim: { w: 2, h: 1, d: 3 } },
    '{"__typename":"Book","dim":{"h":1,"w":2}}',
  ],
  [
    'a list of objects',
    [on('Book', dim)],
    { __typename: 'Book', dim: [{ h: 1, w: 2 }, null] },
    '{"__typename":"Book","dim":[{"h":1,"w":2},null]}',
  ],
  [
    'a null besides a value',
    [on('Book', name('id'), name('p'))],
    { __typename: 'Book', id: 1, p: null },
    '{"__typename":"Book","id":1,"p":null}',
  ],
  [
    "a field under the planner's alias",
    [on('Book', name('id'), priced)],
    { __typename: 'Book', id: 1, price: 5, _internal_qp_alias_0: 7 },
    '{"__typename":"Book","id":1,"price":7}',
  ],
  [
    "the fragment of the object's type only",
    [on('Book', name('a')), on('Film', name('b'))],
    { __typename: 'Film', a: 1, b: 2 },
    '{"__typename":"Film","b":2}',
  ],
  [
    "an interface's fragment",
    [on('Media', name('id'))],
    { __typename: 'Film', id: 1 },
    '{"__typename":"Film","id":1}',
  ],
  [
    'two fragments with shared fields',
    [on('Media', name('id'), dim), on('Film', name('id'))],
    { __typename: 'Film', id: 1, dim: { h: 1, w: 1 } },
    '{"__typename":"Film","id":1,"dim":{"h":1,"w":1}}',
  ],
  [
    'nothing when all keys are null',
    [on('Book', name('id'), dim)],
    { __typename: 'Book', id: null, dim: { h: null, w: null } },
    undefined,
  ],
  [
    'nothing when a field is missing',
    [on('Book', name('id'), name('p'))],
    { __typename: 'Book', id: 1 },
    undefined,
  ],
  [
    'nothing when a nested field is missing',
    [on('Book', dim)],
    { __typename: 'Book', dim: { h: 1 } },
    undefined,
  ],
  ['nothing for another type', [on('Book', name('id'))], { __typename: 'Film', id: 1 }, undefined],
  ['nothing without a type name', [on('Book', name('id'))], { id: 1 }, undefined],
])('prints %s', (_title, requires, entity, expected) => {
  expect(compileRepresentationPrinter(requires, undefined, model).print(entity)).toBe(expected)
})

test("an interface object is asked for under the interface's name", () => {
  const rewrites = [
    {
      ValueSetter: {
        path: [{ TypenameEquals: ['Media'] }, { Key: '__typename' }],
        setValueTo: 'Media',
      },
    },
  ]
  const { print } = compileRepresentationPrinter(
    [on('Book', name('id')), on('Dim', name('h'))],
    rewrites,
    model,
  )
  expect(print({ __typename: 'Book', id: 1 })).toBe('{"__typename":"Media","id":1}')
  expect(print({ __typename: 'Dim', h: 1 })).toBe('{"__typename":"Dim","h":1}')
})

test('other rewrites change what is printed', () => {
  const rewrites = [
    { KeyRenamer: { path: [{ Key: 'dim' }, { Key: 'h' }], renameKeyTo: 'height' } },
    { kind: 'ValueSetter' as const, path: [{ Key: 'dim' }, { Key: 'w' }], setValueTo: 'wide' },
  ]
  const { print } = compileRepresentationPrinter([on('Book', dim)], rewrites, model)
  expect(print({ __typename: 'Book', dim: { h: 1, w: 2 } })).toBe(
    '{"__typename":"Book","dim":{"w":"wide","height":1}}',
  )
})

test('an implementation the plan does not name goes to the interface object by the key of its sibling', () => {
  const setter = {
    path: [{ TypenameEquals: ['Media'] }, { Key: '__typename' }],
    setValueTo: 'Media',
  }
  const { print } = compileRepresentationPrinter(
    [on('Book', name('id'))],
    [{ ValueSetter: setter }],
    model,
  )
  expect(print({ __typename: 'Film', id: '2' })).toBe('{"__typename":"Media","id":"2"}')
  expect(print({ __typename: 'Film' })).toBeUndefined()
  const { print: plain } = compileRepresentationPrinter([on('Book', name('id'))], undefined, model)
  expect(plain({ __typename: 'Film', id: '2' })).toBeUndefined()
})
