import { expect, test } from 'vitest'
import { compileRewrites, readRenames } from './rewrites.js'
import { parseSupergraph } from './supergraph-model.js'

const model = parseSupergraph(`
  enum join__Graph { A @join__graph(name: "a", url: "") }
  interface Media { id: ID }
  type Book implements Media { id: ID }
  type Film implements Media { id: ID }
`)

const renameIn = (typenames: string[]) => [
  {
    KeyRenamer: {
      path: [{ Key: 'items' }, { TypenameEquals: typenames }, { Key: 'x' }],
      renameKeyTo: 'title',
    },
  },
]

test('a key is renamed in every item of nested lists, where the type is one of those listed', () => {
  const data = {
    items: [
      [{ __typename: 'Book', x: 1 }, null],
      [{ __typename: 'Film', x: 2 }],
      [{ __typename: 'Note', x: 3 }],
    ],
  }
  compileRewrites(renameIn(['Book', 'Film']), model)?.(data)
  expect(data.items).toEqual([
    [{ __typename: 'Book', title: 1 }, null],
    [{ __typename: 'Film', title: 2 }],
    [{ __typename: 'Note', x: 3 }],
  ])
})

test('an interface in the list stands for its types, and a missing key is not made up', () => {
  const data = {
    items: [
      { __typename: 'Film', x: 1 },
      { __typename: 'Book', title: 'kept' },
    ],
  }
  compileRewrites(renameIn(['Media']), model)?.(data)
  expect(data.items).toEqual([
    { __typename: 'Film', title: 1 },
    { __typename: 'Book', title: 'kept' },
  ])
})

test('the names a plan gives to keys are known for error paths', () => {
  expect([...readRenames(renameIn(['Book']))]).toEqual([['x', 'title']])
})
