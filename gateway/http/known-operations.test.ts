import { type DocumentNode, type GraphQLSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import type { Engine } from '../engine/engine.js'
import { createKnownOperations } from './known-operations.js'

const source = '{ item { id } }'

function createEngineStub(): Engine {
  return { apiSchema: {} as GraphQLSchema } as Engine
}

function start() {
  const state = { engine: createEngineStub() }
  const known = createKnownOperations(() => state.engine)
  async function record(schema: unknown, request = {}): Promise<void> {
    const hooks = await known.recorder.requestDidStart?.({} as never)
    const document: DocumentNode = parse(source)
    const context = { source, request, document, queryHash: 'hash', schema }
    await hooks?.executionDidStart?.(context as never)
  }
  return { state, known, record }
}

test('finds an operation again while the same engine answers', async () => {
  const { state, known, record } = start()
  await record(state.engine.apiSchema)
  expect(known.find(source, undefined)?.engine).toBe(state.engine)
  expect(known.find(source, 'Other')).toBeUndefined()
})

test('keeps nothing of an engine that no longer answers', async () => {
  const { state, known, record } = start()
  const old = state.engine
  await record(old.apiSchema)
  state.engine = createEngineStub()
  expect(known.find('{ other }', undefined)).toBeUndefined()
  // Were the operation still there, it would be found again under its own engine.
  state.engine = old
  expect(known.find(source, undefined)).toBeUndefined()
})

test('records nothing that was validated for an engine before', async () => {
  const { state, known, record } = start()
  await record({})
  expect(known.find(source, undefined)).toBeUndefined()
  await record(state.engine.apiSchema)
  expect(known.find(source, undefined)).toBeDefined()
})

test('records nothing under a name that the document does not have', async () => {
  const { state, known, record } = start()
  await record(state.engine.apiSchema, { operationName: 'Other' })
  await record(state.engine.apiSchema, { operationName: '' })
  expect(known.find(source, 'Other')).toBeUndefined()
  expect(known.find(source, '')).toBeUndefined()
})
