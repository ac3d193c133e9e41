import { credentialFormats } from './credential-source.js'
import { issueCredential } from './issue/issue-credential.js'
import type { IssueDeps } from './issue/issue-vc-jwt.js'
import { sampleIssuance, sampleSource } from './sample-source.fixture.js'
import { type VerifyDeps, verifyCredential } from './verify/verify-credential.js'

/** What a round of odd documents led to. */
export interface FuzzResult {
  readonly inputs: number
  /** CPU time of this process, all its threads together, for the document that took most. */
  readonly costliestCpuMs: number
  /** Documents that were reported as verified though they had been changed. */
  readonly accepted: readonly string[]
}

/**
 * Verifies `count` documents made from valid ones by seeded damage: bytes changed, cut, doubled, swapped; JSON with other
 * types, deep nesting, huge numbers; and noise. A rejected promise ends it: verifying never throws.
 */
export async function fuzzVerification(
  count: number,
  seed: number,
  deps: VerifyDeps,
  issuer: IssueDeps,
): Promise<FuzzResult> {
  const random = createRandom(seed)
  const originals: Buffer[] = []
  for (const format of credentialFormats) {
    originals.push(Buffer.from(await issueCredential(sampleSource, format, sampleIssuance, issuer)))
  }
  const valid = new Set(originals.map((bytes) => bytes.toString('latin1')))
  const accepted: string[] = []
  let costliestCpuMs = 0
  for (let number = 0; number < count; number += 1) {
    const original = originals[number % originals.length] ?? Buffer.alloc(0)
    const bytes = damage(original, random)
    const start = process.cpuUsage()
    const report = await verifyCredential(bytes, deps)
    const { user, system } = process.cpuUsage(start)
    costliestCpuMs = Math.max(costliestCpuMs, (user + system) / 1_000)
    // A line break at the end is no change.
    const isSame = valid.has(bytes.toString('latin1').replace(/[\r\n]+$/, ''))
    if (report.verdict === 'VERIFIED' && !isSame) accepted.push(bytes.toString('base64'))
  }
  return { inputs: count, costliestCpuMs, accepted }
}

function damage(original: Buffer, random: () => number): Buffer {
  const pick = (limit: number) => Math.floor(random() * limit)
  const copy = Buffer.from(original)
  switch (pick(9)) {
    case 0:
      for (let times = pick(8); times >= 0; times -= 1) copy[pick(copy.length)] = pick(256)
      return copy
    case 1:
      return copy.subarray(pick(copy.length), copy.length - pick(copy.length))
    case 2: {
      const at = pick(copy.length)
      return Buffer.concat([copy.subarray(0, at), copy.subarray(pick(copy.length)), copy])
    }
    case 3:
      return Buffer.from(Array.from({ length: pick(3_000) }, () => pick(256)))
    case 4:
      return Buffer.from(`${'['.repeat(pick(200_000))}`)
    case 5:
      return replaceJson(original, random)
    case 6:
      return Buffer.from(copy.toString('latin1').split('.').reverse().join('.'), 'latin1')
    case 7:
      return Buffer.from(copy.toString('latin1').replaceAll('~', '~~'), 'latin1')
    default:
      return Buffer.from(`{"@context":${'{"@context":'.repeat(pick(5_000))}1`)
  }
}

const oddValues: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  true,
  '',
  'x'.repeat(5_000),
  [],
  {},
  [[[]]],
  { '@id': 'x', '@graph': [] },
  '__proto__',
  { toString: 1 },
  '\u0000',
]

/** Puts odd values into the JSON of a credential, with its old signature. */
function replaceJson(original: Buffer, random: () => number): Buffer {
  const pick = (limit: number) => Math.floor(random() * limit)
  const text = original.toString()
  const change = (json: unknown) => {
    let node = json as Record<string, unknown>
    for (let steps = pick(5); steps >= 0; steps -= 1) {
      const keys = Object.keys(node)
      const key = keys[pick(keys.length)] ?? 'x'
      const child = node[key]
      if (steps > 0 && typeof child === 'object' && child !== null) {
        node = child as Record<string, unknown>
        continue
      }
      node[key] = oddValues[pick(oddValues.length)]
      break
    }
    return JSON.stringify(json)
  }
  if (text.startsWith('{')) {
    const envelope = JSON.parse(text)
    if (random() < 0.3) return Buffer.from(change(envelope))
    // Without its seal half of the time, so that what is inside is looked at as it is.
    const payload = change(JSON.parse(envelope.payload))
    return Buffer.from(random() < 0.5 ? payload : JSON.stringify({ ...envelope, payload }))
  }
  const [header = '', payload = '', ...rest] = text.split('.')
  const part = random() < 0.3 ? header : payload
  const changed = Buffer.from(change(JSON.parse(Buffer.from(part, 'base64url').toString())))
  const encoded = changed.toString('base64url')
  return Buffer.from(
    [part === header ? encoded : header, part === header ? payload : encoded, ...rest].join('.'),
  )
}

/** Mulberry32: the same numbers from the same seed on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
