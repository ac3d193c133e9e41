import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleIssuer } from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'
import { maxDocumentBytes } from './verify/parse-credential.js'
import { type VerifyDeps, verifyCredential } from './verify/verify-credential.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>
let deps: VerifyDeps

beforeAll(async () => {
  issuer = await createSampleIssuer()
  deps = await createSampleVerifier(issuer)
})
afterAll(() => issuer.remove())

const encode = (text: string) => Buffer.from(text).toString('base64url')
const token = (header: string, payload: string, end = '') =>
  `${encode(header)}.${encode(payload)}.AAAA${end}`
const many = (entry: string, count: number) => Array.from({ length: count }, () => entry).join()
const keys = (count: number) => Array.from({ length: count }, (_, at) => `"k${at}":1`).join()
const nested = (count: number) => `${'['.repeat(count)}1${']'.repeat(count)}`

const elm = '"type":["VerifiableCredential","EuropeanDigitalCredential"]'
const vc = '"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]'
const sdHeader = '{"alg":"ES256","typ":"dc+sd-jwt","kid":"x"}'
const badgeHeader = '{"alg":"RS256","typ":"JWT","kid":"x"}'

describe('a document as large as one may be, made to hurt', () => {
  it.each([
    ['half a million numbers', () => `{${elm},"x":[${many('0', 490_000)}]}`],
    ['a third of a million objects', () => `{${elm},"x":[${many('{}', 330_000)}]}`],
    [
      'objects that each lack everything',
      () => `{${elm},"x":[${many('{"type":"Person"}', 55_000)}]}`,
    ],
    ['ninety thousand properties', () => `{${elm},${keys(85_000)}}`],
    ['a third of a million subjects', () => `{${vc},"credentialSubject":[${many('{}', 330_000)}]}`],
    ['half a million statuses', () => `{${vc},"credentialStatus":[${many('0', 480_000)}]}`],
    ['lists half a million deep', () => `{${vc},"x":${nested(480_000)}}`],
    [
      'a badge with a third of a million faults',
      () => {
        const alignment = `"achievement":{"alignment":[${many('0', 300_000)}]}`
        const subject = `{${alignment},"result":[${many('0', 60_000)}]}`
        return token(badgeHeader, `{"type":["OpenBadgeCredential"],"credentialSubject":${subject}}`)
      },
    ],
    [
      'a badge with sixty thousand header parameters',
      () =>
        token(`{"alg":"RS256","typ":"JWT",${keys(55_000)}}`, '{"type":["OpenBadgeCredential"]}'),
    ],
    [
      'a header parameter half a million characters long',
      () => token(`{"typ":"JWT","${'x'.repeat(500_000)}":1}`, '{"type":["OpenBadgeCredential"]}'),
    ],
    [
      'an SD-JWT with the same digest all over',
      () => token(sdHeader, `{"vct":"a","iss":"b","_sd":[${many('"a"', 180_000)}]}`, '~'),
    ],
    [
      'an SD-JWT with a title a third of a million lists deep',
      () => token(sdHeader, `{"vct":"a","title":${nested(300_000)}}`, '~'),
    ],
    [
      'an SD-JWT with half a million tildes',
      () => token(sdHeader, '{"vct":"a"}', '~'.repeat(500_000)),
    ],
    [
      'an id half a million characters long',
      () => `{${vc},"id":"${'x'.repeat(500_000)}","credentialSubject":{}}`,
    ],
  ])('gets a short report: %s', async (_what, build) => {
    const bytes = Buffer.from(build())
    expect(bytes.length).toBeLessThanOrEqual(maxDocumentBytes)
    const start = process.cpuUsage()
    const report = await verifyCredential(bytes, deps)
    const { user, system } = process.cpuUsage(start)
    expect(report.verdict).toBe('FAILED')
    expect(JSON.stringify(report).length).toBeLessThan(40_000)
    // CPU time, because a busy machine makes everybody wait.
    expect((user + system) / 1_000).toBeLessThan(1_000)
  })
})
