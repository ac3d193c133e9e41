import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { formatGraphQLError } from './format-error.js'
import { HubError } from './hub-error.js'

function format(original: Error): ReturnType<typeof formatGraphQLError> {
  const error = new GraphQLError(original.message, { originalError: original, path: ['a', 0] })
  return formatGraphQLError(
    { message: error.message, path: ['a', 0], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    error,
  )
}

test('a hub error reaches the client with its code, its details and whether to retry', () => {
  expect(format(new HubError('SUBGRAPH_TIMEOUT', { member: 'dcu', timeoutMs: 1500 }))).toEqual({
    message: 'A subgraph did not answer within its deadline.',
    path: ['a', 0],
    extensions: { code: 'SUBGRAPH_TIMEOUT', retryable: true, member: 'dcu', timeoutMs: 1500 },
  })
})

test('anything else is masked: no text, no address, no stack', () => {
  const shown = JSON.stringify(
    format(new Error('connect ECONNREFUSED 10.0.0.7:5432 select * from learner')),
  )
  expect(shown).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|select/)
  expect(shown).toContain('INTERNAL_SERVER_ERROR')
})

test('complaints about the client’s own document stay readable', () => {
  const error = new GraphQLError('Cannot query field "x" on type "Query".')
  const formatted = { message: error.message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }
  expect(formatGraphQLError(formatted, error)).toEqual({
    message: 'Cannot query field "x" on type "Query".',
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  })
})
