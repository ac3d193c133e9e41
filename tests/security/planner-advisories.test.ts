import { afterAll, beforeAll, expect, test } from 'vitest'
import { longestStallMs, measureAttack } from './attack-cost.js'
import { type AttackTarget, startAttackTarget, times } from './attack-target.js'

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`
const fields = times(8, (at) => `f${at}: String @shareable`)

/** The same entity with the same fields in six subgraphs: the choices of a plan multiply with every field and level. */
const shared = (at: number) => `${header}
  type Query { s${at}: Item item: Item @shareable items: [Item] @shareable }
  type Item @key(fields: "id") @key(fields: "k${at}") { id: ID @shareable k${at}: ID ${fields} next: Item @shareable }`

let target: AttackTarget

beforeAll(async () => {
  const subgraphs = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`s${at}`, shared(at)]))
  target = await startAttackTarget({ subgraphs, answer: () => ({ data: { item: { id: '1' } } }) })
  // Warm: what is measured is the attack, not the first request of a process.
  await target.post({ query: '{ item { id } }' })
})
afterAll(() => target?.stop())

/** Each fragment spreads the next one under two fields: `levels` of them stand for 2^levels selections. */
const doubling = (levels: number) =>
  `{ item { ...F0 } } ${times(levels, (at) => `fragment F${at} on Item { a: next { ...F${at + 1} } b: next { ...F${at + 1} } }`)} fragment F${levels} on Item { id }`

/** Each fragment spreads the next one many times at one place: nothing is merged until it is written out. */
const spreading = (levels: number, width: number) =>
  `{ item { ...F0 } } ${times(levels, (at) => `fragment F${at} on Item { ${`...F${at + 1} `.repeat(width)} }`)} fragment F${levels} on Item { f0 }`

/** Reused fragments whose selections fit no shortcut: conditions and type conditions in between. */
const unoptimised = (levels: number) =>
  `query ($on: Boolean!) { item { ...F0 } } ${times(levels, (at) => `fragment F${at} on Item { f${at % 8} ... on Item @include(if: $on) { a${at}: next { ...F${at + 1} } } ... @skip(if: $on) { b${at}: next { ...F${at + 1} } } }`)} fragment F${levels} on Item { id }`

test.each([
  [
    'CVE-2025-32030: named fragments are expanded once per spread (Apollo Gateway)',
    doubling(25),
    {},
  ],
  [
    'CVE-2025-32034: named fragments are expanded once per spread (Apollo Router)',
    spreading(20, 15),
    {},
  ],
  [
    'CVE-2025-32031: fragments that bypass the planner’s optimisation (Apollo Gateway)',
    unoptimised(24),
    { on: true },
  ],
  [
    'CVE-2025-32032: fragments that bypass the planner’s optimisation (Apollo Router)',
    unoptimised(40),
    { on: false },
  ],
  ['CVE-2025-32033: a count of selections that overflows (Apollo Router)', doubling(48), {}],
])('%s: refused before planning', async (name, query, variables) => {
  const before = target.subgraph.received.length
  const { result, cost } = await measureAttack(name, () => target.post({ query, variables }))
  expect(result).toMatchObject({ status: 400, code: 'QUERY_TOO_LARGE' })
  expect(target.subgraph.received.length).toBe(before)
  expect(cost.stallMs).toBeLessThan(longestStallMs)
})

test('CVE-2024-43414: a query with very many possible plans ends, and others are served meanwhile', async () => {
  const name = 'CVE-2024-43414'
  const all = times(8, (at) => `f${at}`)
  const deep = (levels: number): string =>
    levels === 0 ? all : `${all} next { ${deep(levels - 1)} }`
  // As large as the limits let through.
  const roots = times(6, (at) => `r${at}: item { ${deep(20)} }`)
  const { result, cost } = await measureAttack(name, async () => {
    const attack = target.post({ query: `{ ${roots} }` })
    const honest = await target.post({ query: '{ item { id } }' })
    return { attack: await attack, honest }
  })
  expect(result.honest.status).toBe(200)
  // Planned within the time limit, or refused at its end; never without one.
  if (result.attack.status !== 200) expect(result.attack.code).toBe('OPERATION_NOT_PLANNABLE')
  expect(cost.tookMs).toBeLessThan(15_000)
  expect(cost.stallMs).toBeLessThan(longestStallMs)
})

test('CVE-2024-32971: an operation is never executed by the plan of another one that looks alike', async () => {
  const name = 'CVE-2024-32971'
  const lookalikes = [
    ['{ item { f1 } }', 'f1'],
    ['{ item { f2 } }', 'f2'],
    ['{item{f1}}', 'f1'],
    ['query A { item { f3 } } query B { item { f4 } }', 'f3', 'A'],
    ['query A { item { f3 } } query B { item { f4 } }', 'f4', 'B'],
    [
      'query ($on: Boolean!) { item { f5 @include(if: $on) f6 @skip(if: $on) } }',
      'f5',
      undefined,
      { on: true },
    ],
    [
      'query ($on: Boolean!) { item { f5 @include(if: $on) f6 @skip(if: $on) } }',
      'f6',
      undefined,
      { on: false },
    ],
    ['query A { item { f7 } }', 'f7', 'A'],
  ] as const
  await measureAttack(name, async () => {
    // All at once and again, so that plans are made, shared and found in every cache there is.
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(
        lookalikes.map(async ([query, field, operationName, variables]) => {
          const from = target.subgraph.received.length
          const answer = await target.post({ query, operationName, variables })
          expect(answer.status).toBe(200)
          expect(Object.keys(JSON.parse(answer.text).data.item)).toEqual([field])
          return from
        }),
      )
    }
  })
})
