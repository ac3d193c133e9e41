import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { readAnswerRule } from './contract-rules.js'

const schema = buildSchema(
  `
  type Query {
    books: [Book] @cacheControl(maxAge: 300)
    book: Book
    me: Reader @cacheControl(maxAge: 300)
    secret: Int @cacheControl(maxAge: 300) @authenticated
    plain: Int
    named: Named @cacheControl(maxAge: 300)
    thing: Thing @cacheControl(maxAge: 300)
    grade: Grade @cacheControl(maxAge: 300)
    old: Int @cacheControl(maxAge: 300) @federation__requiresScopes(scopes: [["x"]])
  }
  scalar Grade @authenticated
  interface Named { name: String }
  type Pupil implements Named { name: String @authenticated }
  type Town implements Named { name: String }
  union Thing = Town | Book | Diary
  type Diary @policy(policies: [["x"]]) { text: String }
  type Book @key(fields: "id") @cacheControl(maxAge: 120) {
    id: ID
    title: String
    stock: Int @cacheControl(maxAge: 5)
    author: Author
    loans: [Int] @requiresScopes(scopes: [["x"]])
  }
  type Author @key(fields: "id") { id: ID }
  type Reader @cacheControl(maxAge: 60, scope: PRIVATE) { name: String book: Book }
`,
  { assumeValid: true },
)

test.each([
  ['{ books { id } }', 120, false, ['Book']],
  ['{ books { id stock } }', 5, false, ['Book']],
  ['{ books { author { id } } }', 120, false, ['Author', 'Book']],
  ['{ books { ...F } } fragment F on Book { stock }', 5, false, ['Book']],
  ['{ books { loans } }', 120, true, ['Book']],
  ['{ me { name } }', 300, true, []],
  ['{ secret }', 300, true, []],
  ['{ plain }', 0, false, []],
  ['{ books { id } plain }', 0, false, ['Book']],
  ['query { _entities(representations: []) { ... on Book { title } } }', 120, false, ['Book']],
  ['{ named { __typename } }', 300, false, []],
  ['{ named { name } }', 300, true, []],
  ['{ thing { __typename } }', 120, true, ['Book']],
  ['{ grade }', 300, true, []],
  ['{ old }', 300, true, []],
  ['{ __typename }', 0, false, []],
  ['mutation { books { id } }', 0, false, []],
])(
  '%s may be kept for %d s, private %s, with %j in it',
  (query, maxAgeSeconds, isPrivate, types) => {
    expect(readAnswerRule(schema, parse(query))).toEqual({ maxAgeSeconds, isPrivate, types })
  },
)
