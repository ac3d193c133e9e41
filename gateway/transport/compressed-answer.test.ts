import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { createHttpSubgraphClient, type HttpSubgraphClient } from './http-subgraph-client.js'
import {
  answerWith,
  openUpstream,
  plainQuery,
  toContext,
  type Upstream,
} from './open-upstream.fixture.js'

const megabyte = 1_048_576
const maximumBodyBytes = 8 * megabyte

/** A gigabyte of zeros in a megabyte: a gzip file may be many in a row, and unpacks to all of them. */
function createGzipBomb(): Buffer {
  const part = gzipSync(Buffer.alloc(64 * megabyte), { level: 9 })
  return Buffer.concat(Array.from({ length: 16 }, () => part))
}

describe.each([false, true])('compressed answers, own sockets %s', (hasOwnSockets) => {
  let upstream: Upstream
  let client: HttpSubgraphClient

  beforeAll(async () => {
    upstream = await openUpstream()
    client = createHttpSubgraphClient({
      name: 'recognition',
      url: upstream.url,
      timeoutMs: 10_000,
      maximumBodyBytes,
      hasOwnSockets,
      log: silentLogger,
    })
  })
  afterAll(async () => {
    await client.close()
    await upstream.close()
  })

  const text = `{"data":{"a":"${'ä'.repeat(10_000)}"}}`
  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
  ])('are read when packed with %s', async (encoding, body) => {
    upstream.respond = answerWith(200, body, { 'content-encoding': encoding })
    expect(await client.execute(plainQuery, toContext())).toEqual(JSON.parse(text))
  })

  const zeros = Buffer.alloc(64 * megabyte)
  it.each([
    ['a gigabyte', 'gzip', createGzipBomb()],
    ['64 MB', 'deflate', deflateSync(zeros)],
    ['64 MB', 'br', brotliCompressSync(zeros)],
  ])(
    'that would unpack to %s (%s) are refused at the cap and cost little more',
    async (_size, encoding, body) => {
      expect(body.length).toBeLessThan(2 * megabyte)
      upstream.respond = answerWith(200, body, { 'content-encoding': encoding })
      let peak = 0
      const before = process.memoryUsage.rss()
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss() - before)
      }, 1)
      const error: unknown = await client
        .execute(plainQuery, toContext())
        .catch((caught: unknown) => caught)
      clearInterval(watch)
      expect(error).toMatchObject({
        code: 'SUBGRAPH_ANSWER_TOO_LARGE',
        details: { limit: maximumBodyBytes },
      })
      // The cap itself, twice for buffers that grow, the packed body, and room for the collector.
      expect(peak).toBeLessThan(64 * megabyte)
    },
  )
})
