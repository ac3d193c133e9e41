import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { longestStallMs, measureAttack } from './attack-cost.js'
import { type AttackTarget, startAttackTarget } from './attack-target.js'

const body = JSON.stringify({ query: '{ greeting }' })
const zeros = Buffer.alloc(200_000_000)
const bombs = [
  ['gzip', gzipSync(zeros)],
  ['br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
] as const

let target: AttackTarget

beforeAll(async () => {
  target = await startAttackTarget({
    subgraphs: { words: 'type Query { greeting: String }' },
    answer: () => ({ data: { greeting: 'hello' } }),
  })
  await target.post({ query: '{ greeting }' })
}, 60_000)
afterAll(() => target?.stop())

test('CVE-2024-28101: compressed bodies are held to the limit while they are unpacked', async () => {
  for (const [encoding, bomb] of bombs) {
    const { result, cost } = await measureAttack(
      `CVE-2024-28101 (${encoding}, ${bomb.length} bytes for 200 MB)`,
      () =>
        target.send('', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'content-encoding': encoding },
          body: bomb,
        }),
    )
    expect(result).toMatchObject({ status: 413, code: 'QUERY_TOO_LARGE' })
    expect(cost.stallMs).toBeLessThan(longestStallMs)
  }
})

test('GHSA-hff2-gcpx-8f4p: a GET whose content type a browser lets through without a preflight is refused', async () => {
  const search = `?query=${encodeURIComponent('{ greeting }')}`
  const types = [
    'message/http',
    'text/plain',
    'multipart/form-data',
    'application/x-json',
    'application/json, text/plain',
    'x',
  ]
  const before = target.subgraph.received.length
  const { result } = await measureAttack('GHSA-hff2-gcpx-8f4p', () =>
    Promise.all(types.map((type) => target.send(search, { headers: { 'content-type': type } }))),
  )
  for (const answer of result)
    expect(answer).toMatchObject({ status: 400, code: 'PREFLIGHT_REQUIRED' })
  expect(target.subgraph.received.length).toBe(before)
})

test('GHSA-mp6q-xf9x-fwf7: bodies in exotic character sets are refused and cost nothing', async () => {
  const charsets = [
    'utf-7',
    'utf-16le',
    'utf-32',
    'utf-32be',
    'ucs-2',
    'ibm037',
    'gb18030',
    'iso-2022-jp',
    'x-user-defined',
    'base64',
    'hex',
  ]
  const large = Buffer.alloc(200_000, '+AGEAYQ')
  const { result, cost } = await measureAttack('GHSA-mp6q-xf9x-fwf7', async () => {
    const answers = []
    for (const charset of charsets) {
      const headers = { 'content-type': `application/json; charset=${charset}` }
      answers.push(await target.send('', { method: 'POST', headers, body: large }))
      answers.push(await target.send('', { method: 'POST', headers, body }))
    }
    return answers
  })
  for (const answer of result) expect(answer).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' })
  expect(cost.stallMs).toBeLessThan(longestStallMs)
})
