import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import {
  anonymousPrincipal,
  HubError,
  type MemberOutcome,
  type RegisteredMember,
} from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import { createFanOutClient } from './fan-out-client.js'

const catalogueSdl = `
  directive @fanOut(merge: FanOutMerge!, members: String, jurisdictions: String) on FIELD_DEFINITION
  directive @routeBy(argument: String!) on FIELD_DEFINITION
  enum FanOutMerge { CONNECTION CONCAT SUM FACETS }
  type Thing @key(fields: "id") { id: ID! name: String }
  type Query {
    total(text: String, members: [String!]): Int @fanOut(merge: SUM, members: "members")
    names: [String!] @fanOut(merge: CONCAT)
    thing(id: ID!): Thing @routeBy(argument: "id")
  }`

type Execute = SubgraphClient['execute']

/** A fan-out over members whose answers are functions. */
function openFanOut(members: Readonly<Record<string, Execute>>) {
  const failed: string[] = []
  const entries = Object.entries(members).map(
    ([slug, execute]): DirectoryEntry => ({
      member: { slug, jurisdiction: 'XX' } as RegisteredMember,
      client: { execute, probe: execute, close: async () => {} },
      verdict: { state: 'serving', reason: null, missing: new Set() },
    }),
  )
  const client = createFanOutClient({
    catalogueSdl,
    directory: { entries: () => entries, reportFailure: (slug) => void failed.push(slug) },
    memberTimeoutMs: 30,
    log: silentLogger,
  })
  const outcomes: MemberOutcome[] = []
  const context: RequestContext = {
    requestId: 'test',
    signal: new AbortController().signal,
    deadlineAt: performance.now() + 5_000,
    headers: {},
    principal: anonymousPrincipal,
    outcomes: { record: (outcome) => void outcomes.push(outcome), list: () => outcomes },
  }
  const ask = (query: string, parts: Partial<SubgraphRequest> = {}, override = {}) =>
    client.execute(
      {
        query,
        operationName: undefined,
        operationType: 'query',
        variables: {},
        representations: {},
        ...parts,
      },
      { ...context, ...override },
    )
  return { ask, outcomes, failed }
}

function answering(answer: SubgraphAnswer): Execute {
  return async () => answer
}
function throwing(error: HubError): Execute {
  return async () => {
    throw error
  }
}

describe('fan-out client', () => {
  it('reports a member whose breaker is open as open, and does not have it checked for that', async () => {
    const { ask, outcomes, failed } = openFanOut({
      aau: answering({ data: { total: 2 } }),
      dcu: throwing(new HubError('SUBGRAPH_CIRCUIT_OPEN', { member: 'dcu' })),
    })
    expect((await ask('{ total }')).data).toEqual({ total: 2 })
    expect(outcomes).toMatchObject([{ outcome: 'ok' }, { member: 'dcu', outcome: 'open' }])
    expect(failed).toEqual([])
  })

  it('takes no text for another that begins with an operation name', async () => {
    const { ask, outcomes } = openFanOut({ aau: answering({ data: { total: 2 } }) })
    expect((await ask('query\n{ total }')).data).toEqual({ total: 2 })
    await expect(ask('{ total }', { operationName: 'query' })).rejects.toMatchObject({
      code: 'OPERATION_NOT_PLANNABLE',
    })
    expect(outcomes).toHaveLength(1)
  })

  it('does not wait beyond the deadline for a client that ignores it', async () => {
    const { ask, outcomes, failed } = openFanOut({
      aau: answering({ data: { total: 2 } }),
      dcu: () => new Promise(() => {}),
    })
    const startedAt = performance.now()
    expect((await ask('{ total }')).data).toEqual({ total: 2 })
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(outcomes[1]).toMatchObject({ member: 'dcu', outcome: 'timeout' })
    expect(failed).toEqual(['dcu'])
  })

  it('hands on a member’s complaint about the client’s own input, and blames no member', async () => {
    const refusal: SubgraphAnswer = {
      data: { total: null },
      errors: [
        { message: 'text is too long', path: ['total'], extensions: { code: 'BAD_USER_INPUT' } },
      ],
    }
    const { ask, outcomes } = openFanOut({ aau: answering(refusal), dcu: answering(refusal) })
    const { data, errors } = await ask('{ total(text: "x") }')
    expect(data).toEqual({ total: null })
    expect(errors).toMatchObject([
      { message: 'text is too long', path: ['total'], extensions: { code: 'BAD_USER_INPUT' } },
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ok', 'ok'])
  })

  it('fails one field and keeps the others of the same member', async () => {
    const { ask, outcomes } = openFanOut({
      aau: answering({
        data: { total: null, names: ['a'] },
        errors: [{ message: 'x', path: ['total'] }],
      }),
      dcu: answering({ data: { total: 5, names: ['b', 'c'] } }),
    })
    expect(await ask('{ total names }')).toEqual({ data: { total: 5, names: ['a', 'b', 'c'] } })
    expect(outcomes).toMatchObject([
      { outcome: 'failed', code: 'SUBGRAPH_ERROR' },
      { outcome: 'ok' },
    ])
  })

  it('moves error paths to where the rows are after merging', async () => {
    const { ask } = openFanOut({
      aau: answering({ data: { names: ['a'] } }),
      dcu: answering({
        data: { names: ['b', null] },
        errors: [{ message: 'x', path: ['names', 1] }],
      }),
    })
    expect((await ask('{ names }')).errors).toEqual([{ message: 'x', path: ['names', 2] }])
  })

  it('gives each member only the variables and fragments its part uses', async () => {
    const requests: SubgraphRequest[] = []
    const record: Execute = async (request) => {
      requests.push(request)
      return { data: { total: 1, thing: null } }
    }
    const { ask } = openFanOut({ aau: record, dcu: record })
    await ask(
      `query($text: String, $id: ID!, $on: Boolean!) {
        total(text: $text) ...More @include(if: $on)
      }
      fragment More on Query { thing(id: $id) { ...Name } }
      fragment Name on Thing { name }`,
      { variables: { text: 'x', id: 'dcu:offering:1', on: true, unused: 1 } },
    )
    const [aau, dcu] = requests
    expect(aau?.variables).toEqual({ text: 'x' })
    expect(aau?.query).not.toMatch(/fragment|\$id|\$on/)
    expect(dcu?.variables).toEqual({ text: 'x', id: 'dcu:offering:1' })
    expect(dcu?.query).toContain('fragment Name')
  })

  it('drops the answer of an owner about another thing than was asked for', async () => {
    const { ask, outcomes } = openFanOut({
      aau: answering({ data: { thing: { name: 'x', _hub_id: 'aau:offering:2' } } }),
      dcu: answering({ data: {} }),
    })
    const { data, errors } = await ask('{ __typename thing(id: "aau:offering:1") { name } }')
    expect(data).toEqual({ __typename: 'Query', thing: null })
    expect(errors).toMatchObject([{ path: ['thing'], extensions: { code: 'MEMBERS_UNAVAILABLE' } }])
    expect(outcomes).toMatchObject([{ member: 'aau', outcome: 'failed', code: 'FOREIGN_ID' }])
  })

  it('passes representations on without reading them again', async () => {
    const requests: SubgraphRequest[] = []
    const { ask } = openFanOut({
      aau: async (request) => {
        requests.push(request)
        const entity = { name: 'n', _hub_id: 'aau:offering:1', _hub_type: 'Thing' }
        return { data: { e: [entity] } }
      },
    })
    const printed = '{"__typename":"Thing",  "id":"aau:offering:1"}'
    const { data } = await ask(
      'query($r: [_Any!]!) { e: _entities(representations: $r) { ... on Thing { name } } }',
      {
        representations: { r: ['{"__typename":"Thing","id":"nobody"}', printed] },
      },
    )
    expect(data).toEqual({ e: [null, { name: 'n' }] })
    expect(Object.values(requests[0]?.representations ?? {})).toEqual([[printed]])
  })

  it('throws REQUEST_ABORTED when the client is gone', async () => {
    const controller = new AbortController()
    const { ask } = openFanOut({
      aau: async () => {
        controller.abort()
        throw new HubError('REQUEST_ABORTED')
      },
    })
    await expect(ask('{ total }', {}, { signal: controller.signal })).rejects.toMatchObject({
      code: 'REQUEST_ABORTED',
    })
  })

  it('refuses an operation whose nested fragments would never end, within a moment', async () => {
    const { ask } = openFanOut({ aau: answering({ data: {} }) })
    const levels = Array.from(
      { length: 40 },
      (_, level) =>
        `fragment F${level} on Query { ...F${level + 1} @include(if: $a${level}) ...F${level + 1} @skip(if: $a${level}) }`,
    )
    const variables = levels.map((_, level) => `$a${level}: Boolean!`).join(' ')
    const query = `query(${variables}) { ...F0 } ${levels.join(' ')} fragment F40 on Query { total }`
    const startedAt = performance.now()
    await expect(ask(query)).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('refuses a contract with a root field that has no strategy', () => {
    const sdl = catalogueSdl.replace('names: [String!] @fanOut(merge: CONCAT)', 'names: [String!]')
    const directory = { entries: () => [], reportFailure: () => {} }
    expect(() =>
      createFanOutClient({ catalogueSdl: sdl, directory, memberTimeoutMs: 30, log: silentLogger }),
    ).toThrow(/names needs exactly one of @fanOut and @routeBy/)
  })
})
