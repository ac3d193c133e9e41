import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { anonymousPrincipal, type Principal } from '../../schema/index.js'
import { composeWords } from '../process/plain-subgraph.fixture.js'
import { createEngine, type Engine } from './engine.js'
import { createOutcomeLog } from './outcome-log.js'
import type { RequestContext } from './request-context.js'

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key", { name: "@authenticated", as: "@login" }, "@requiresScopes", "@policy"
  ])
  type Query { open: String secret: String @login must: String! @login thing: Thing things: [Thing!] any: Any nested: Nested }
  type Mutation { award: String @policy(policies: [["role:registrar"]]) ping: String }
  interface Thing { id: ID! name: String }
  type Public implements Thing { id: ID! name: String }
  type Private implements Thing @login { id: ID! name: String }
  type Mixed implements Thing { id: ID! name: String @requiresScopes(scopes: [["names"]]) }
  union Any = Public | Private
  type Nested { hidden: String @login deep: Nested must: String! @requiresScopes(scopes: [["x"]]) }`

const learner: Principal = {
  ...anonymousPrincipal,
  kind: 'person',
  subjectId: 'somebody',
  grants: [{ role: 'learner', member: null }],
}
const registrar: Principal = { ...learner, grants: [{ role: 'registrar', member: 'dcu' }] }

/** An engine over one subgraph that answers with `data` whatever is asked, and notes what that was. */
function open(data: Record<string, unknown>, isRefusingDenied = false) {
  const asked: string[] = []
  const engine: Engine = createEngine({
    supergraphSdl: composeWords(typeDefs, 'http://words.test/'),
    openClient: () => ({
      execute: async ({ query }) => {
        asked.push(query)
        return { data: structuredClone(data) }
      },
    }),
    isRefusingDenied,
    log: silentLogger,
  })
  const ask = async (query: string, principal: Principal = anonymousPrincipal) => {
    const context: RequestContext = {
      requestId: 'r1',
      signal: new AbortController().signal,
      deadlineAt: performance.now() + 20_000,
      headers: {},
      principal,
      outcomes: createOutcomeLog(),
    }
    const { data: answer, errors = [] } = await engine.execute({ query }, context)
    return {
      answer,
      errors: errors.map(({ path, extensions }) => ({ path, code: extensions.code })),
    }
  }
  return { ask, asked }
}

describe('what a caller may not read', () => {
  it('is null with a coded error, and is not fetched', async () => {
    const { ask, asked } = open({ open: 'o', secret: 's' })
    expect(await ask('{ open secret }')).toEqual({
      answer: { open: 'o', secret: null },
      errors: [{ path: ['secret'], code: 'UNAUTHENTICATED' }],
    })
    expect(asked.join()).not.toContain('secret')
    expect(await ask('{ open secret }', learner)).toEqual({
      answer: { open: 'o', secret: 's' },
      errors: [],
    })
  })

  it('takes its parent along where null is not allowed', async () => {
    const { ask, asked } = open({ open: 'o' })
    expect(await ask('{ open must }')).toEqual({
      answer: null,
      errors: [{ path: ['must'], code: 'UNAUTHENTICATED' }],
    })
    expect(asked.join()).not.toContain('must')
  })

  it('costs no fetch when it is all there is', async () => {
    const { ask, asked } = open({})
    expect((await ask('{ a: secret ...F } fragment F on Query { b: secret }')).errors).toEqual([
      { path: ['a'], code: 'UNAUTHENTICATED' },
      { path: ['b'], code: 'UNAUTHENTICATED' },
    ])
    expect(asked).toEqual([])
  })

  it('is no mutation that happens', async () => {
    const { ask, asked } = open({ ping: 'p', award: 'a' })
    expect(await ask('mutation { ping award }', learner)).toEqual({
      answer: { ping: 'p', award: null },
      errors: [{ path: ['award'], code: 'FORBIDDEN' }],
    })
    expect(asked.join()).not.toContain('award')
    expect((await ask('mutation { award }', registrar)).answer).toEqual({ award: 'a' })
  })

  it('is hidden behind interfaces, unions and fragments by the type it turns out to be', async () => {
    const things = ['Public', 'Private', 'Mixed'].map((type) => ({
      __typename: type,
      id: type,
      name: type,
    }))
    for (const thing of things) {
      const { ask, asked } = open({ thing, any: thing })
      const { answer, errors } = await ask('{ thing { id name ... on Private { id } } }')
      const isPublic = thing.id === 'Public'
      const hidden = thing.id === 'Private'
      expect(answer).toEqual({
        thing: hidden ? null : { id: thing.id, name: isPublic ? 'Public' : null },
      })
      const path = hidden ? ['thing'] : ['thing', 'name']
      expect(errors).toEqual(isPublic ? [] : [{ path, code: 'UNAUTHENTICATED' }])
      expect(asked.join()).not.toContain('on Private')
      expect(asked.join()).toContain('on Public')
    }
    const { ask } = open({ any: { __typename: 'Private', id: '1' } })
    expect((await ask('{ any { __typename ... on Thing { id } } }')).answer).toEqual({ any: null })
  })

  it('takes a list along where its items may not be null', async () => {
    const { ask } = open({
      things: [
        { __typename: 'Public', id: '1' },
        { __typename: 'Private', id: '2' },
      ],
    })
    expect(await ask('{ things { id } }')).toEqual({
      answer: { things: null },
      errors: [{ path: ['things', 1], code: 'UNAUTHENTICATED' }],
    })
  })

  it('is not found in a subgraph that answers more than it was asked', async () => {
    const { ask } = open({ nested: { hidden: 'h', deep: { hidden: 'h', must: 'm' } }, secret: 's' })
    const { answer } = await ask('{ secret nested { hidden deep { hidden must } } }')
    expect(answer).toEqual({ secret: null, nested: { hidden: null, deep: null } })
  })

  it('does not depend on what the same operation was for another caller', async () => {
    const { ask } = open({ secret: 's', thing: { __typename: 'Mixed', id: '1', name: 'n' } })
    const query = '{ secret thing { name } }'
    const scoped: Principal = { ...learner, scopes: ['names'] }
    for (const _time of [1, 2]) {
      expect((await ask(query)).answer).toEqual({ secret: null, thing: { name: null } })
      expect((await ask(query, learner)).answer).toEqual({ secret: 's', thing: { name: null } })
      expect((await ask(query, scoped)).answer).toEqual({ secret: 's', thing: { name: 'n' } })
      expect((await ask(query, learner)).errors).toEqual([
        { path: ['thing', 'name'], code: 'FORBIDDEN' },
      ])
    }
  })

  it('refuses the whole request where the gateway is told so, but not for fields that are skipped', async () => {
    const { ask, asked } = open({ open: 'o', secret: 's' }, true)
    expect(await ask('{ open secret }')).toEqual({
      answer: undefined,
      errors: [{ path: undefined, code: 'UNAUTHENTICATED' }],
    })
    expect(asked).toEqual([])
    expect((await ask('{ open secret @skip(if: true) }')).answer).toEqual({ open: 'o' })
    expect((await ask('{ open secret }', learner)).answer).toEqual({ open: 'o', secret: 's' })
  })
})
