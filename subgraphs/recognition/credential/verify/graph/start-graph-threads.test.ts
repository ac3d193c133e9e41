import { afterEach, describe, expect, it } from 'vitest'
import { testGraphThreads } from '../../graph-threads.fixture.js'
import { buildEuropeanCredential } from '../../issue/elm/build-european-credential.js'
import { buildOfflineContexts } from '../../json-ld/offline-contexts.js'
import { sampleIssuance, sampleSource } from '../../sample-source.fixture.js'
import { createGraphCheck } from './create-graph-check.js'
import { type GraphThreads, startGraphThreads } from './start-graph-threads.js'

const credential = buildEuropeanCredential(sampleSource, sampleIssuance, 'NTRNL-TEST00000000')
/** A document below the size limit whose graph has a great many nodes. */
const hostile = {
  ...credential,
  evidence: Array.from({ length: 20_000 }, (_, number) => ({
    id: `urn:x:${number}`,
    type: 'Note',
  })),
}

let threads: GraphThreads
afterEach(() => threads.stop())

const start = (options: { deadlineMs?: number; threads?: number; module?: URL } = {}) => {
  threads = startGraphThreads({ shapesDirectory: null, ...testGraphThreads, ...options })
  return threads.checkGraph
}
const codesOf = (parts: Awaited<ReturnType<GraphThreads['checkGraph']>>) =>
  parts.flatMap(({ reasons }) => reasons.map(({ code }) => code))

describe('a graph checked in a thread', () => {
  it('has the parts it has in this one', async () => {
    const inline = createGraphCheck({ contexts: buildOfflineContexts(), shapes: null })
    expect(await start()(credential)).toEqual(await inline(credential))
  })

  it('is given up when it takes too long; nobody waits meanwhile, and the next is checked', async () => {
    const check = start({ threads: 1, deadlineMs: 150 })
    let ticks = 0
    const ticking = setInterval(() => (ticks += 1), 5)
    const parts = await check(hostile)
    clearInterval(ticking)
    expect(parts).toMatchObject([{ name: 'JSON_LD', status: 'unknown' }])
    expect(codesOf(parts)).toEqual(['CHECK_TIMED_OUT'])
    expect(ticks).toBeGreaterThan(5)
    await threads.stop()
    expect(codesOf(await start()(credential))).toContain('JSON_LD_VALID')
  })

  it('takes turns with others, and is refused when too many wait', async () => {
    const check = start()
    const results = await Promise.all(Array.from({ length: 14 }, () => check(credential)))
    const codes = results.map((parts) => codesOf(parts)[0])
    expect(codes.filter((code) => code === 'JSON_LD_VALID').length).toBeGreaterThanOrEqual(10)
    expect(codes.filter((code) => code === 'CHECK_BUSY').length).toBeGreaterThan(0)
  })

  it('is reported as not checked when no thread can be started', async () => {
    const check = start({ module: new URL('file:///nowhere/main.js') })
    expect(codesOf(await check(credential))).toEqual(['CHECK_FAILED'])
  })

  it('is reported as not checked after the end', async () => {
    const check = start()
    await threads.stop()
    expect(codesOf(await check(credential))).toEqual(['CHECK_BUSY'])
  })
})
