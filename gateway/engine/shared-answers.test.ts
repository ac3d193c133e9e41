import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { anonymousPrincipal } from '../../schema/index.js'
import { createEngine } from './engine.js'
import { createOutcomeLog } from './outcome-log.js'
import type { SubgraphAnswer } from './subgraph-client.js'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n'
const services = {
  shop: 'type Query { items: [Item!] } type Item @key(fields: "id") { id: ID! name: String }',
  stock: 'type Item @key(fields: "id") { id: ID! left: Int }',
}
const { supergraphSdl = '' } = composeServices(
  Object.entries(services).map(([name, sdl]) => ({
    ...{ name, url: `http://${name}/` },
    typeDefs: parse(link + sdl),
  })),
)

function start(answer: () => SubgraphAnswer) {
  const engine = createEngine({
    supergraphSdl,
    openClient: (name) => ({
      execute: async () => (name === 'shop' ? answer() : { data: { _entities: [{ left: 3 }] } }),
    }),
    log: silentLogger,
  })
  return (query: string, variables = {}) =>
    engine.execute(
      { query, variables },
      {
        ...{ requestId: 'r', signal: new AbortController().signal, headers: {} },
        ...{ deadlineAt: performance.now() + 1_000, principal: anonymousPrincipal },
        outcomes: createOutcomeLog(),
      },
    )
}

/** What fails loudly when somebody changes it. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}

const makeItems = (name: string | null) =>
  freeze({ items: [{ __typename: 'Item', id: '1', name }] }) as Record<string, unknown>

test('an answer whose data are the very same shared ones is completed and printed once', async () => {
  let data = makeItems('one')
  const ask = start(() => ({ data, isShared: true, isRemembered: true }))
  const first = await ask('{ items { name id } }')
  const text = first.printData?.()
  expect(text).toBe('{"items":[{"name":"one","id":"1"}]}')
  const second = await ask('{ items { name id } }')
  expect(second.data).toBe(first.data)
  expect(second.printData?.()).toBe(text)
  expect((await ask('{ items { id } }')).data).toEqual({ items: [{ id: '1' }] })
  data = makeItems('two')
  expect((await ask('{ items { name id } }')).data).toEqual({ items: [{ name: 'two', id: '1' }] })
})

test('shared data are copied before anything is merged into them', async () => {
  const data = makeItems('one')
  const ask = start(() => ({ data, isShared: true, isRemembered: true }))
  for (let time = 0; time < 2; time += 1) {
    expect(await ask('{ items { name left } }')).toMatchObject({
      data: { items: [{ name: 'one', left: 3 }] },
    })
  }
  expect(data).toEqual(makeItems('one'))
})

test('an answer with errors is made anew every time', async () => {
  const data = makeItems(null)
  const errors = [{ message: 'no name', path: ['items', 0, 'name'] }]
  let isFailing = true
  const ask = start(() => ({
    data,
    isShared: true,
    isRemembered: true,
    ...(isFailing && { errors }),
  }))
  expect((await ask('{ items { name } }')).errors).toHaveLength(1)
  isFailing = false
  const whole = await ask('{ items { name } }')
  expect([whole.errors, whole.printData?.()]).toEqual([undefined, '{"items":[{"name":null}]}'])
  isFailing = true
  expect((await ask('{ items { name } }')).errors).toHaveLength(1)
})

test('what stands beside it and depends on variables is answered for the variables of each request', async () => {
  const data = makeItems('one')
  const ask = start(() => ({ data, isShared: true, isRemembered: true }))
  const query = 'query($n: String!) { items { id } __type(name: $n) { name } }'
  for (const n of ['Item', 'Query', 'Item']) {
    const { printData } = await ask(query, { n })
    expect(printData?.()).toBe(`{"items":[{"id":"1"}],"__type":{"name":"${n}"}}`)
  }
})
