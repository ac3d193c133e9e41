import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialFormats } from './credential-source.js'
import { createRandom } from './fuzz-verification.fixture.js'
import { issueCredential } from './issue/issue-credential.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'
import { type VerifyDeps, verifyCredential } from './verify/verify-credential.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>
let deps: VerifyDeps

beforeAll(async () => {
  issuer = await createSampleIssuer()
  deps = await createSampleVerifier(issuer)
})
afterAll(() => issuer.remove())

describe.each(credentialFormats)('a change of one byte in %s', (format) => {
  it('is detected at each of 200 positions, the last and the first among them', async () => {
    const bytes = Buffer.from(await issueCredential(sampleSource, format, sampleIssuance, issuer))
    const random = createRandom(20_261_123)
    const positions = new Set([0, bytes.length - 1, bytes.length - 2, bytes.indexOf('.')])
    while (positions.size < 200) positions.add(Math.floor(random() * bytes.length))
    const undetected: number[] = []
    for (const position of positions) {
      const changed = Buffer.from(bytes)
      const before = changed[position] ?? 0
      // Mostly another character of the same kind: what a reader of text would not notice.
      const printable = 33 + Math.floor(random() * 94)
      const value = random() < 0.8 ? printable : Math.floor(random() * 256)
      changed[position] = value === before ? before ^ 1 : value
      const report = await verifyCredential(changed, deps)
      if (report.verdict !== 'FAILED') undetected.push(position)
    }
    expect(undetected).toEqual([])
  })

  it('in the spare bits of the signature’s last character is detected, too', async () => {
    const text = await issueCredential(sampleSource, format, sampleIssuance, issuer)
    const jws = text.startsWith('{') ? null : (text.split('~')[0] ?? '')
    const signature = jws === null ? JSON.parse(text).signatures[0].signature : jws.split('.')[2]
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = signature.at(-1)
    const twin = `${signature.slice(0, -1)}${alphabet[alphabet.indexOf(last) ^ 1]}`
    const report = await verifyCredential(Buffer.from(text.replace(signature, twin)), deps)
    expect(report.verdict).toBe('FAILED')
  })

  it('by characters that have the right low byte is detected at every place', async () => {
    const text = await issueCredential(sampleSource, format, sampleIssuance, issuer)
    // Four at a time, because a decoder that skips them then still finds whole groups.
    const accepted: number[] = []
    for (let at = 0; at + 4 < text.length; at += 40) {
      const wide = [...text.slice(at, at + 4)].map((one) =>
        String.fromCharCode(0x100 + one.charCodeAt(0)),
      )
      const changed = `${text.slice(0, at)}${wide.join('')}${text.slice(at + 4)}`
      const report = await verifyCredential(Buffer.from(changed), deps)
      if (report.verdict !== 'FAILED') accepted.push(at)
    }
    expect(accepted).toEqual([])
  }, 60_000)
})
