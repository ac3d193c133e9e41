import { expect, test } from 'vitest'
import { createEngine, type EngineResult } from '../../../gateway/index.js'
import { silentLogger } from '../../../infra/runtime/index.js'
import { createTestContext } from './test-context.js'

const supergraphSdl = `
  schema @link(url: "https://specs.apollo.dev/link/v1.0")
    @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!) repeatable on OBJECT
  directive @link(url: String, for: link__Purpose) repeatable on SCHEMA
  enum link__Purpose { SECURITY EXECUTION }
  enum join__Graph { A @join__graph(name: "a", url: "http://a.test/") }
  type Query @join__type(graph: A) { self: Query id: ID }
`
const times = (count: number, print: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => print(index)).join(' ')
const nested = (levels: number, open: string) =>
  `${open.repeat(levels)} id ${'} '.repeat(levels - 1)}}`

/** Each fragment asks for the next one twice: 22 of them stand for 20 million selections. */
const bomb = (levels: number, first: string, second: string) =>
  `{ ...F0 } ${times(levels, (at) => `fragment F${at} on Query { ${first} { ...F${at + 1} } ${second} { ...F${at + 1} } }`)} fragment F${levels} on Query { id }`

const attacks: Readonly<Record<string, string>> = {
  'nested fragments under two aliases': bomb(22, 'a: self', 'b: self'),
  'nested fragments under one key': bomb(22, 'self', 'self'),
  'nested fragments beyond all numbers': bomb(45, 'a: self', 'b: self'),
  'fragments that spread each other many times over': `{ ...F0 } ${times(40, (at) => `fragment F${at} on Query { ${`...F${at + 1} `.repeat(20)} }`)} fragment F40 on Query { id }`,
  'inline fragments within inline fragments': nested(3_000, '{ ... on Query '),
  'fields within fields': nested(3_000, '{ self '),
  'a chain of fragments': `{ ...F0 } ${times(300, (at) => `fragment F${at} on Query { self { ...F${at + 1} } }`)} fragment F300 on Query { id }`,
  'a fragment that spreads itself': '{ ...A } fragment A on Query { self { ...A } }',
  'fragments that spread each other in a circle': `{ ...F0 } ${times(100, (at) => `fragment F${at} on Query { ...F${(at + 1) % 100} }`)}`,
  'a circle nobody enters': '{ id } fragment A on Query { ...B } fragment B on Query { ...A }',
  'a flood of aliases': `{ self { ${times(1_500, (at) => `a${at}: id`)} } }`,
  'a flood of aliases beyond the tokens': `{ ${times(20_000, (at) => `a${at}: id`)} }`,
  'a flood of directives': `{ id ${'@include(if: true) '.repeat(1_000)} }`,
  'a flood of directives beyond the tokens': `{ id ${'@skip(if: false) '.repeat(12_000)} }`,
  'a huge list of root fields': `{ ${times(300, (at) => `a${at}: id`)} }`,
  'a huge list of one root field': `{ ${'id '.repeat(9_000)} }`,
  'one object asked for again and again': `{ self { ${'self { id } '.repeat(700)} } }`,
  'a thousand fragments on one place': `{ ${times(900, (at) => `...F${at}`)} } ${times(900, (at) => `fragment F${at} on Query { id }`)}`,
  'many operations, each just small enough': times(
    9,
    (at) => `query Q${at} { ${times(150, (index) => `...F${index} ...F${index}`)} }`,
  ).concat(` ${times(150, (at) => `fragment F${at} on Query { self { a: id b: id c: id } }`)}`),
}

const engine = createEngine({
  supergraphSdl,
  openClient: (name) => ({
    execute: () => Promise.reject(new Error(`nobody may ask ${name}`)),
  }),
  log: silentLogger,
})

/** Milliseconds this thread has worked until the answer: what other programs take does not count. */
async function measure(query: string): Promise<{ cpuMs: number; result: EngineResult }> {
  const before = process.threadCpuUsage()
  const result = await engine.execute({ query }, createTestContext())
  const { user, system } = process.threadCpuUsage(before)
  return { cpuMs: (user + system) / 1_000, result }
}

test.each(Object.entries(attacks))('%s: refused at once', async (_name, query) => {
  const durations: number[] = []
  for (let round = 0; round < 7; round += 1) {
    // A text of its own in each round: nothing is kept of a refused operation, and this proves it costs no more.
    const { cpuMs, result } = await measure(`${query} # ${round}`)
    durations.push(cpuMs)
    expect(result.data).toBeUndefined()
    expect(result.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/limit is|limit of|contains itself/),
      extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
    })
  }
  // All work before a refusal is one piece, so its time is how long the event loop stands still. Cold code is slower: the
  // first round may not stall the loop, the median has to be quick.
  expect(Math.max(...durations)).toBeLessThan(50)
  expect(durations.sort((a, b) => a - b)[3]).toBeLessThan(10)
})
