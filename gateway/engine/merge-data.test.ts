import { expect, test } from 'vitest'
import { cloneJson, isEqualJson, type JsonObject, mergeObject } from './merge-data.js'

const objectTypes = new Set(['Book', 'Film'])

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ['a null never overwrites', { a: 1, o: { b: 2 } }, { a: null, o: null }, { a: 1, o: { b: 2 } }],
  ['a null fills an empty place', { a: 1 }, { b: null }, { a: 1, b: null }],
  ['a value replaces a null', { a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['objects merge key by key', { o: { a: 1 } }, { o: { b: 2 } }, { o: { a: 1, b: 2 } }],
  [
    'lists merge item by item',
    { l: [{ a: 1 }, null, { a: 3 }] },
    { l: [{ b: 1 }, { b: 2 }, null] },
    { l: [{ a: 1, b: 1 }, { b: 2 }, { a: 3 }] },
  ],
  [
    'a longer list adds no items',
    { l: [{ a: 1 }] },
    { l: [{ b: 1 }, { b: 2 }] },
    { l: [{ a: 1, b: 1 }] },
  ],
  [
    'a list and an object do not mix',
    { a: [1], b: { c: 1 } },
    { a: { d: 1 }, b: [2] },
    { a: [1], b: { c: 1 } },
  ],
  [
    'a concrete type stays',
    { __typename: 'Book' },
    { __typename: 'Media' },
    { __typename: 'Book' },
  ],
  [
    'an interface object gets its type',
    { __typename: 'Media' },
    { __typename: 'Film' },
    { __typename: 'Film' },
  ],
])('%s', (_title, target, incoming, expected) => {
  mergeObject(target, incoming, objectTypes)
  expect(target).toEqual(expected)
})

test('an own __proto__ in an answer changes no prototype, at no depth', () => {
  const target: JsonObject = { o: {} }
  const incoming = JSON.parse(
    '{"__proto__":{"x":1},"o":{"__proto__":{"x":1}},"n":{"__proto__":{"x":1}}}',
  )
  mergeObject(target, incoming, objectTypes)
  expect(
    [target, target.o, cloneJson(incoming)].map((object) => Reflect.get(Object(object), 'x')),
  ).toEqual([undefined, undefined, undefined])
  expect(Reflect.get({}, 'x')).toBeUndefined()
})

test('a clone shares nothing with its original', () => {
  const original = { list: [{ a: 1 }] }
  const copy = cloneJson(original) as typeof original
  expect(copy).toEqual(original)
  expect(copy.list).not.toBe(original.list)
  expect(copy.list[0]).not.toBe(original.list[0])
})

test.each<[string, unknown, unknown, boolean]>([
  ['keys in another order', { a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }, true],
  ['another value deep inside', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, false],
  ['a key more', { a: 1 }, { a: 1, b: null }, false],
  ['a key less', { a: 1, b: null }, { a: 1 }, false],
  ['another key with null', { a: null }, { b: null }, false],
  ['a longer list', { a: [1] }, { a: [1, 2] }, false],
  ['null and an empty object', { a: null }, { a: {} }, false],
  ['a list and an object', { a: [] }, { a: {} }, false],
  ['a number and its text', { a: 1 }, { a: '1' }, false],
])('equal JSON: %s', (_title, one, other, isEqual) => {
  expect(isEqualJson(one, other)).toBe(isEqual)
  expect(isEqualJson(other, one)).toBe(isEqual)
})
