import { type FieldNode, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { createDataKeys } from './data-keys.js'

function field(text: string): FieldNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions
  const selection =
    definition?.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections[0]
      : undefined
  if (selection?.kind !== Kind.FIELD) throw new Error('not a field')
  return selection
}

const fieldNames = new Set(['id', 'sku', 'price'])
const none = new Set<string>()

test('fields and harmless aliases keep their response keys', () => {
  const keys = createDataKeys(fieldNames, none)
  expect(keys.of(field('id'))).toBe('id')
  expect(keys.of(field('cost: price'))).toBe('cost')
  expect(keys.of(field('price(currency: "SEK")'))).toBe('price')
})

test.each([
  'id: sku',
  '__typename: sku',
  '_internal_qp_alias_0: sku',
  '__proto__: sku',
  'constructor: sku',
  'hub_alias_0_id: sku',
])('the alias in "%s" gets a data key of its own, which leads back to it', (text) => {
  const keys = createDataKeys(fieldNames, none)
  const key = keys.of(field(text))
  expect(key).toMatch(/^hub_alias_\d+_/)
  expect(keys.toResponseKey(key)).toBe(text.split(':')[0])
  expect(keys.of(field(text))).toBe(key)
})

test('one response key with other arguments or another field gets another data key', () => {
  const keys = createDataKeys(fieldNames, none)
  const texts = ['price', 'price(in: 1)', 'price(in: 2)', 'x: price', 'x: sku', 'x: price(in: 1)']
  expect(new Set(texts.map((text) => keys.of(field(text)))).size).toBe(texts.length)
})

test('the order of arguments makes no difference', () => {
  const keys = createDataKeys(fieldNames, none)
  expect(keys.of(field('price(a: 1, b: 2)'))).toBe(keys.of(field('price(b: 2, a: 1)')))
})

test('a field that is required with arguments never shares its name with the client', () => {
  const keys = createDataKeys(fieldNames, new Set(['price']))
  expect(keys.of(field('price'))).toMatch(/^hub_alias_\d+_price$/)
  expect(keys.of(field('cost: price'))).toBe('cost')
})
