import { gzipSync } from 'node:zlib'
import type { RandomSource } from '../conformance/random/random-source.js'
import { type Corpus, hostileQuery } from './hostile-query.js'
import { anyValue, hostilePieces, mutateText } from './hostile-text.js'
import { hostileAuthorization, type TokenBox } from './hostile-token.js'

/** One request as it goes over the wire. */
export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const
const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/graphql',
  'application/json; charset=utf-16le',
  'application/json;charset="utf-8"',
  'application/json, text/plain',
  'message/http',
  '',
]
const accepts = [
  '*/*',
  'text/html',
  'multipart/mixed',
  'application/graphql-response+json',
  'x',
  'text/event-stream',
  ',,;q=9',
]
const paths = [
  '/',
  '/graphql/',
  '/graphql/..%2f',
  '/explorer/../config',
  '/explorer/vendor/..%2f..%2fpackage.json',
  '/subgraphs/catalogue',
  '/readyz',
  '/credentials/x',
  '/wallet/..%2f..%2fgraphql',
  '/passport',
  '/statistics/%00',
  '/.well-known/x',
  '//graphql',
  '/graphql?query=%7B__typename%7D&query=%7B',
  `/${'a'.repeat(4_000)}`,
]

/** Makes the next request of a stream; the same stream makes the same requests. */
export function hostileRequest(
  random: RandomSource,
  corpus: Corpus,
  tokens: TokenBox,
): HostileRequest {
  const authorization = hostileAuthorization(random, tokens)
  const identity: Record<string, string> = authorization === undefined ? {} : { authorization }
  const query = hostileQuery(random, corpus)
  const variables = random.chance(0.5)
    ? { id: random.pick(hostilePieces), first: anyValue(random) }
    : anyValue(random)
  const kind = random.below(100)
  if (kind < 60) {
    const body = random.chance(0.7) ? { query, variables } : { query }
    return post(JSON.stringify(body), { ...identity, ...hostileHeaders(random, 0.15) })
  }
  if (kind < 75)
    return post(hostileBody(query, random), { ...identity, ...hostileHeaders(random, 0.3) })
  if (kind < 85) {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) ?? '' })
    const headers = { ...identity, ...(random.chance(0.7) && { 'apollo-require-preflight': '1' }) }
    return { method: 'GET', path: `/graphql?${search}`.slice(0, 12_000), headers, body: undefined }
  }
  if (kind < 92) {
    const method = random.pick([...methods, 'POST'])
    const body = method === 'POST' ? Buffer.from(JSON.stringify({ query })) : undefined
    return {
      method,
      path: random.pick(paths),
      headers: { ...identity, 'content-type': 'application/json' },
      body,
    }
  }
  return compressed(query, identity, random)
}

function post(body: string | Buffer, headers: Readonly<Record<string, string>>): HostileRequest {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(body),
  }
}

function hostileHeaders(random: RandomSource, chance: number): Record<string, string> {
  const headers: Record<string, string> = {}
  if (random.chance(chance)) headers.accept = random.pick(accepts)
  if (random.chance(chance)) headers['content-type'] = random.pick(contentTypes)
  if (random.chance(chance))
    headers['x-forwarded-for'] = random.pick(['127.0.0.1', '::1, 10.0.0.1', 'x'.repeat(500)])
  if (random.chance(chance)) headers.traceparent = random.pick(['00-0-0-0', '', 'ff-'.repeat(100)])
  if (random.chance(chance))
    headers.origin = random.pick(['null', 'https://evil.example', 'http://localhost:1'])
  if (random.chance(chance)) headers.cookie = `session=${'a'.repeat(random.below(2_000))}`
  return headers
}

function hostileBody(query: string, random: RandomSource): string | Buffer {
  const honest = JSON.stringify({ query })
  switch (random.below(9)) {
    case 0:
      return mutateText(honest, random)
    case 1:
      return JSON.stringify(anyValue(random)) ?? ''
    case 2:
      return JSON.stringify(Array.from({ length: random.below(30) }, () => ({ query })))
    case 3:
      return `{"query":${JSON.stringify(query)},"__proto__":{"a":1}}`
    case 4:
      return `{"query":${JSON.stringify(query)},"query":"{ __typename }","variables":${'['.repeat(random.below(5_000))}`
    case 5:
      return Buffer.from(honest, 'utf16le')
    case 6:
      return Buffer.from(Array.from({ length: random.below(500) }, () => random.below(256)))
    case 7:
      return JSON.stringify({
        query: random.chance(0.5) ? query : undefined,
        operationName: anyValue(random),
        extensions: {
          persistedQuery: { version: anyValue(random), sha256Hash: random.pick(hostilePieces) },
        },
      })
    default:
      return JSON.stringify({
        query,
        variables: anyValue(random),
        operationName: random.pick(hostilePieces),
      })
  }
}

function compressed(
  query: string,
  identity: Record<string, string>,
  random: RandomSource,
): HostileRequest {
  const encoding = random.pick(['gzip', 'br', 'deflate', 'zstd', 'gzip, br', 'identity'])
  const plain = random.chance(0.2)
    ? Buffer.alloc(2_000_000, ' ')
    : Buffer.from(JSON.stringify({ query }))
  const body = random.chance(0.8) ? gzipSync(plain) : plain.subarray(0, 1_000)
  return post(body, { ...identity, 'content-encoding': encoding })
}
