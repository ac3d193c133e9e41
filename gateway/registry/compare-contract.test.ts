import { describe, expect, it } from 'vitest'
import { compareContract } from './compare-contract.js'
import { buildSubgraphSchema } from './contract-schema.js'

const contract = `
  enum Kind { COURSE MODULE }
  enum Order { TITLE ECTS }
  input Filter { text: String kind: Kind }
  type Thing @key(fields: "id") { id: ID! kind: Kind title(language: String): String! tags: [String!]! note: String extra: Extra }
  type Extra { label: String }
  type Badge @key(fields: "id") { id: ID! }
  type Query { things(filter: Filter, order: Order): [Thing!] badge: Badge }`

function compare(from: string | RegExp, to: string) {
  const member = contract.replace(from, to)
  if (member === contract) throw new Error('the replacement changes nothing')
  const { missing, faults } = compareContract(
    buildSubgraphSchema(contract),
    buildSubgraphSchema(member),
  )
  return { missing: [...missing].sort(), faults }
}

describe('comparing a member’s schema with the contract', () => {
  it('finds nothing when the member publishes the contract in other words and more besides', () => {
    const result = compare('note: String', 'note: String! dcuHandbookUrl: String dcuThing: [Thing]')
    expect(result).toEqual({ missing: [], faults: [] })
    expect(compare('type Query {', 'type Other { a: Int } extend type Query {').faults).toEqual([])
  })

  it.each([
    ['a nullable field', ' note: String', '', ['Thing.note']],
    ['an argument', 'title(language: String)', 'title', ['Thing.title(language:)']],
    ['an input field', ' kind: Kind }', ' }', ['Filter.kind']],
    ['an enum value', ' ECTS', '', ['Order.ECTS']],
    [
      'a type with the only field that leads to it',
      / extra: Extra }\s+type Extra .*/,
      ' }',
      ['Thing.extra'],
    ],
    [
      'an entity type and its root field',
      /type Badge[\s\S]*badge: Badge/,
      'type Query { things(filter: Filter, order: Order): [Thing!]',
      ['Badge', 'Query.badge'],
    ],
  ])('calls a member lagging that lacks %s', (_name, from, to, missing) => {
    expect(compare(from, to)).toEqual({ missing, faults: [] })
  })

  it.each([
    ['a field that is never null', ' tags: [String!]!', '', /Thing\.tags is missing/],
    [
      'nulls where the contract has none',
      'tags: [String!]!',
      'tags: [String]!',
      /Thing\.tags is \[String\]!/,
    ],
    ['a type of its own', 'note: String', 'note: Int', /Thing\.note is Int/],
    ['a list for a value', 'note: String', 'note: [String]', /Thing\.note/],
    ['an argument the contract does not give', 'things(', 'things(region: String!, ', /region/],
    ['a stricter argument', 'title(language: String)', 'title(language: String!)', /language/],
    ['an unknown value in its answers', 'COURSE MODULE', 'COURSE MODULE BOOK', /BOOK/],
    ['no key', 'type Thing @key(fields: "id")', 'type Thing', /Thing has no @key/],
  ])('calls a member drifted that has %s', (_name, from, to, fault) => {
    expect(compare(from, to).faults.join('\n')).toMatch(fault)
  })

  it('does not mind a value more in an enum that only clients send', () => {
    expect(compare('TITLE ECTS', 'TITLE ECTS DATE').faults).toEqual([])
  })
})
