import type { RequiresSelection } from '@graphql-hive/router-query-planner'
import { expect, test } from 'vitest'
import { createRepresentationList } from './representation-list.js'
import { compileRepresentationPrinter } from './representation-printer.js'
import { parseSupergraph } from './supergraph-model.js'

const model = parseSupergraph(`
  enum join__Graph { A @join__graph(name: "a", url: "") }
  type Book { id: ID, shop: ID }
`)

function createList(...fields: string[]) {
  const selections = fields.map((name): RequiresSelection => ({ kind: 'Field', name }))
  const requires: RequiresSelection[] = [
    { kind: 'InlineFragment', typeCondition: 'Book', selections },
  ]
  return createRepresentationList(compileRepresentationPrinter(requires, undefined, model))
}

test('equal entities share one representation, whatever else they hold', () => {
  const list = createList('id', 'shop')
  const indexes = [
    { __typename: 'Book', id: '1', shop: 'a', title: 'x' },
    { __typename: 'Book', id: '1', shop: 'b' },
    { __typename: 'Book', shop: 'a', id: '1', title: 'y' },
  ].map((entity) => list.indexOf(entity))
  expect(indexes).toEqual([0, 1, 0])
  expect(list.printed).toEqual([
    '{"__typename":"Book","id":"1","shop":"a"}',
    '{"__typename":"Book","id":"1","shop":"b"}',
  ])
})

test('a number and a text that look alike are two representations', () => {
  const list = createList('id')
  expect(list.indexOf({ __typename: 'Book', id: 1 })).toBe(0)
  expect(list.indexOf({ __typename: 'Book', id: '1' })).toBe(1)
})

test('keys that are lists or objects are the same when they print the same', () => {
  const list = createList('id', 'shop')
  expect(list.indexOf({ __typename: 'Book', id: '1', shop: [1, 2] })).toBe(0)
  expect(list.indexOf({ __typename: 'Book', id: '1', shop: [1, 2] })).toBe(0)
  expect(list.indexOf({ __typename: 'Book', id: ['1'], shop: 'a' })).toBe(1)
  expect(list.indexOf({ __typename: 'Book', id: ['1'], shop: 'a' })).toBe(1)
})

test('what cannot be asked for has no index, every time', () => {
  const list = createList('id', 'shop')
  for (const entity of [
    { __typename: 'Book', id: '1' },
    { __typename: 'Book', id: null, shop: null },
    { __typename: 'Film', id: '1', shop: 'a' },
    { id: '1', shop: 'a' },
  ]) {
    expect(list.indexOf(entity)).toBeUndefined()
    expect(list.indexOf(entity)).toBeUndefined()
  }
  expect(list.printed).toEqual([])
})
