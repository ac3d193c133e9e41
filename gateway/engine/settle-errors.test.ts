import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { settleErrors } from './settle-errors.js'

type Path = (string | number)[]

test.each<[string, unknown, Path, Path | undefined]>([
  ['at a null', { a: [{ b: null }] }, ['a', 0, 'b'], ['a', 0, 'b']],
  ['below a null', { a: null }, ['a', 0, 'b'], ['a', 0, 'b']],
  ['when there is no data', null, ['a'], ['a']],
  ['at an object that has what it asked for', { a: { b: 1 } }, ['a'], ['a']],
  ['for a field this object was not asked for', { a: [{ b: 1 }] }, ['a', 0, 'c'], undefined],
  ['the same, with a null beside it', { a: [{ b: null }] }, ['a', 0, 'c', 'd'], ['a', 0]],
])('an error %s', (_place, data, path, expected) => {
  const error = new GraphQLError('broken', { path, extensions: { code: 'X' } })
  const [settled] = settleErrors([error], data)
  expect(settled?.path).toEqual(expected)
  expect(settled?.extensions.code).toBe(expected && 'X')
})

test('an error without a path stays', () => {
  const error = new GraphQLError('broken')
  expect(settleErrors([error], { a: 1 })).toEqual([error])
})
