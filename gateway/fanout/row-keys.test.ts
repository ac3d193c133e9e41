import { expect, test } from 'vitest'
import { compileOperation } from './compile-operation.js'
import { readFanOutContract } from './fan-out-contract.js'
import { catalogueSdl } from './open-fan-out.fixture.js'

const contract = readFanOutContract(catalogueSdl)

function rowKeysOf(query: string) {
  return compileOperation(contract, query, undefined).roots[0]?.rowKeys
}

test('the client’s own cursor and id are used under the names it gives them, through fragments of the same type', () => {
  const own = { edges: 'rows', cursor: 'at', node: 'run', id: 'name', isAdded: false }
  expect(
    rowKeysOf(`{
      courseOfferings { rows: edges { ...Row } }
    }
    fragment Row on CourseOfferingEdge { at: cursor run: node { ... { name: id } title } }`),
  ).toEqual(own)
})

test.each([
  ['no cursor', '{ courseOfferings { edges { node { id } } } }'],
  ['no id', '{ courseOfferings { edges { cursor node { title } } } }'],
  [
    'another field under their names',
    '{ courseOfferings { edges { cursor node { id: title } } } }',
  ],
  [
    'an id that may be left out',
    'query($on: Boolean!) { courseOfferings { edges { cursor node { id @include(if: $on) } } } }',
  ],
  [
    'edges that may be left out',
    'query($on: Boolean!) { courseOfferings { ... @skip(if: $on) { edges { cursor node { id } } } } }',
  ],
  [
    'a field selected at two places',
    '{ courseOfferings { edges { cursor } } ... { courseOfferings { edges { node { id } } } } }',
  ],
  ['no edges', '{ courseOfferings { nodes { id } } }'],
])('cursor and id are asked for besides %s', (_what, query) => {
  const added = { edges: '_hub_edges', cursor: 'cursor', node: 'node', id: 'id', isAdded: true }
  expect(rowKeysOf(query)).toEqual(added)
})
