import { chmod, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueCredential } from '../issue/issue-credential.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from '../sample-source.fixture.js'
import { createSampleVerifier } from '../sample-verifier.fixture.js'
import { verifyCredential } from '../verify/verify-credential.js'
import { loadKeyRing, withdrawKey } from './key-directory.js'
import { ensureTestKeys, rotateTestKey } from './make-test-keys.js'

let sample: Awaited<ReturnType<typeof createSampleIssuer>>

beforeEach(async () => {
  sample = await createSampleIssuer()
})
afterEach(() => sample.remove())

const now = new Date('2026-11-23T12:00:00Z')
const overlapSeconds = 600
const later = new Date(now.getTime() + overlapSeconds * 1000)
const rotate = () =>
  rotateTestKey(sample.directory, {
    algorithm: 'ES256',
    organisation: sampleSource.issuingBody,
    now,
    overlapSeconds,
  })

describe('a directory of keys', () => {
  it('keeps private keys for its owner alone, and nothing private in the manifest', async () => {
    const names = (await readdir(sample.directory)).filter((name) => name.endsWith('.pem'))
    expect(names).toHaveLength(3)
    for (const name of names) {
      expect((await stat(join(sample.directory, name))).mode & 0o777).toBe(0o600)
    }
    const manifest = await readFile(join(sample.directory, 'keys.json'), 'utf8')
    expect(manifest).not.toMatch(/"(?:d|p|q|dp|dq|qi)":|PRIVATE/)
  })

  it('refuses a private key that others can read, by name and without its content', async () => {
    const [name = ''] = (await readdir(sample.directory)).filter((file) =>
      /^[\w-]{43}\.key/.test(file),
    )
    await chmod(join(sample.directory, name), 0o644)
    await expect(loadKeyRing(sample.directory)).rejects.toMatchObject({
      code: 'SIGNING_KEYS_INVALID',
      message: `${name} can be read by others: chmod 600`,
    })
  })

  it('is left as it is when it has keys', async () => {
    const before = await readFile(join(sample.directory, 'keys.json'), 'utf8')
    await ensureTestKeys(sample.directory, sampleSource.issuingBody, now)
    expect(await readFile(join(sample.directory, 'keys.json'), 'utf8')).toBe(before)
  })

  it('has certificates that say TEST and the legal person they seal for', async () => {
    const [certificate = ''] = sample.keys.signer('RS256', now).certificateChain
    const text = Buffer.from(certificate, 'base64').toString('latin1')
    expect(text).toContain('TEST SEAL of')
    expect(text).toContain('NTRNL-TEST00000000')
  })
})

describe('a rotation', () => {
  it('publishes the new key at once, signs with it after the overlap, and leaves the old one valid', async () => {
    const old = sample.keys.signer('ES256', now).keyId
    const text = await issueCredential(sampleSource, 'vc+jwt', sampleIssuance, sample)
    const { keyId } = await rotate()
    const keys = await loadKeyRing(sample.directory)
    expect(keys.published(now).map((entry) => entry.keyId)).toContain(keyId)
    expect(keys.signer('ES256', now).keyId).toBe(old)
    expect(keys.signer('ES256', later).keyId).toBe(keyId)
    expect(keys.published(later).map((entry) => entry.keyId)).toContain(old)
    const deps = await createSampleVerifier({ ...sample, keys })
    expect((await verifyCredential(Buffer.from(text), deps)).verdict).toBe('VERIFIED')
  })

  it('fails what the old key seals after its time', async () => {
    await rotate()
    const muchLater = new Date(later.getTime() + 3_600_000)
    const issuance = { ...sampleIssuance, issuedAt: muchLater, status: null }
    // The ring from before the rotation still signs with the old key.
    const text = await issueCredential(sampleSource, 'vc+jwt', issuance, sample)
    const keys = await loadKeyRing(sample.directory)
    const deps = await createSampleVerifier({ ...sample, keys }, { now: muchLater })
    const [, seal] = (await verifyCredential(Buffer.from(text), deps)).checks
    expect(seal?.reasons.map(({ code }) => code)).toContain('KEY_NOT_IN_USE')
    expect(seal?.status).toBe('fail')
  })
})

describe('a withdrawn key', () => {
  it('is published no more, and nothing it sealed holds', async () => {
    const text = await issueCredential(sampleSource, 'vc+jwt', sampleIssuance, sample)
    const { keyId } = sample.keys.signer('ES256', now)
    await rotate()
    await withdrawKey(sample.directory, keyId, now)
    const keys = await loadKeyRing(sample.directory)
    expect(keys.published(later).map((entry) => entry.keyId)).not.toContain(keyId)
    const trusting = { ...sample, keys: { ...keys, signer: sample.keys.signer } }
    const deps = await createSampleVerifier(trusting)
    const [, seal] = (await verifyCredential(Buffer.from(text), deps)).checks
    expect(seal).toMatchObject({ status: 'fail' })
    expect(seal?.reasons.map(({ code }) => code)).toContain('KEY_WITHDRAWN')
  })

  it('has to be one of the directory', async () => {
    await expect(withdrawKey(sample.directory, 'x', now)).rejects.toMatchObject({
      code: 'SIGNING_KEYS_INVALID',
    })
  })
})
