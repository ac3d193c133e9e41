import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AccreditationRecord,
  createAccreditationRegister,
} from '../../domain/accreditation.js'
import { loadAccreditations } from '../../intake/load-accreditations.js'
import { type CredentialSource, credentialFormats } from '../credential-source.js'
import { issueCredential } from '../issue/issue-credential.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from '../sample-source.fixture.js'
import { createSampleVerifier } from '../sample-verifier.fixture.js'
import { type VerifyDeps, verifyCredential } from './verify-credential.js'

const committed = loadAccreditations(
  new URL('../../data/accreditations.json', import.meta.url).pathname,
)
let issuer: Awaited<ReturnType<typeof createSampleIssuer>>
let deps: VerifyDeps

beforeAll(async () => {
  issuer = await createSampleIssuer()
  deps = await createSampleVerifier(issuer)
})
afterAll(() => issuer.remove())

async function judge(
  reference: string | null,
  options: {
    readonly records?: readonly AccreditationRecord[]
    readonly format?: (typeof credentialFormats)[number]
    readonly award?: Partial<CredentialSource['award']>
  } = {},
) {
  const { records = committed, format = 'vc+jwt', award = {} } = options
  const source = {
    ...sampleSource,
    award: { ...sampleSource.award, ...award, accreditation: reference },
  }
  const text = await issueCredential(source, format, sampleIssuance, issuer)
  const accreditations = createAccreditationRegister(records)
  const report = await verifyCredential(Buffer.from(text), { ...deps, accreditations })
  const check = report.checks.find(({ name }) => name === 'ACCREDITATION')
  return {
    verdict: report.verdict,
    status: check?.status,
    codes: check?.reasons.map(({ code }) => code),
  }
}

/** The University of Twente's record of the sample, changed. */
function changed(change: Partial<AccreditationRecord>): readonly AccreditationRecord[] {
  const [record] = createAccreditationRegister(committed)('SAMPLE-UTWENTE-2024')
  return [{ ...(record as AccreditationRecord), ...change }]
}

describe('ACCREDITATION', () => {
  it.each(credentialFormats)('passes with a record of the awarding body, in %s', async (format) => {
    expect(await judge('SAMPLE-UTWENTE-2024', { format })).toEqual({
      verdict: 'VERIFIED',
      status: 'pass',
      codes: ['ACCREDITED', 'SYNTHETIC_RECORD'],
    })
  })

  it.each(credentialFormats)('fails with the record of another body, in %s', async (format) => {
    expect(await judge('SAMPLE-DCU-2024', { format })).toEqual({
      verdict: 'FAILED',
      status: 'fail',
      codes: ['ACCREDITATION_OF_ANOTHER'],
    })
  })

  it('is neutral without a reference', async () => {
    expect(await judge(null)).toMatchObject({ verdict: 'VERIFIED', status: 'neutral' })
  })

  it('is unknown for what is in no register, and stands not in the way', async () => {
    expect(await judge('NVAO-1')).toEqual({
      verdict: 'VERIFIED',
      status: 'unknown',
      codes: ['ACCREDITATION_NOT_LISTED'],
    })
  })

  it.each([
    ['ran out before the award', 'SAMPLE-UTWENTE-2018', 'ACCREDITATION_NOT_VALID'],
    ['was withdrawn before the award', 'SAMPLE-UTWENTE-WITHDRAWN', 'ACCREDITATION_WITHDRAWN'],
  ])('fails with a record that %s', async (_what, reference, code) => {
    expect(await judge(reference)).toMatchObject({ status: 'fail', codes: [code] })
  })

  it('counts the day of the award and not that of issuing, and the last day as a whole', async () => {
    const records = changed({ validUntil: '2026-11-20' })
    expect(await judge('SAMPLE-UTWENTE-2024', { records })).toMatchObject({ status: 'pass' })
    const later = { records, award: { awardedOn: '2026-11-21' } }
    expect(await judge('SAMPLE-UTWENTE-2024', later)).toMatchObject({ status: 'fail' })
  })

  it('takes the record whose period covers the award when one was renewed', async () => {
    const records = [
      ...changed({ validUntil: '2025-12-31' }),
      ...changed({ validFrom: '2026-01-01' }),
    ]
    expect(await judge('SAMPLE-UTWENTE-2024', { records })).toMatchObject({ status: 'pass' })
  })

  it.each([
    ['a negative decision', { decision: 'NEGATIVE' }, 'fail', 'ACCREDITATION_REFUSED'],
    ['levels it does not cover', { eqfLevels: [7, 8] }, 'fail', 'ACCREDITATION_LEVEL_EXCEEDED'],
    [
      'a source nobody has confirmed',
      { synthetic: false, confidence: 'UNVERIFIED' },
      'unknown',
      'ACCREDITATION_UNCONFIRMED',
    ],
    [
      'another programme',
      { kind: 'PROGRAMME', programme: { en: 'Civil engineering' } },
      'unknown',
      'ACCREDITATION_OF_PROGRAMME',
    ],
  ] as const)('does not pass with %s', async (_what, change, status, code) => {
    const records = changed(change)
    expect(await judge('SAMPLE-UTWENTE-2024', { records })).toMatchObject({
      status,
      codes: [code],
    })
  })

  it.each(['elm+jades', 'dc+sd-jwt'] as const)(
    'passes for a programme by its title and says that it has conditions, in %s',
    async (format) => {
      expect(await judge('SAMPLE-UTWENTE-AI-2023', { format })).toMatchObject({
        status: 'pass',
        codes: ['ACCREDITED', 'CONDITIONAL', 'SYNTHETIC_RECORD'],
      })
    },
  )

  it('says nothing of a sample for a confirmed record', async () => {
    const records = changed({ synthetic: false, confidence: 'SOURCED' })
    expect((await judge('SAMPLE-UTWENTE-2024', { records })).codes).toEqual(['ACCREDITED'])
  })
})

describe('the register of accreditations', () => {
  it('is refused with every fault named', () => {
    const file = new URL('../../data/micro-credentials.json', import.meta.url).pathname
    expect(() => loadAccreditations(file)).toThrow(/reference data has/)
    expect(() => loadAccreditations('/nowhere')).toThrow(/cannot be read/)
  })

  it('of the sample says of each record that it is synthetic, and where it comes from', () => {
    expect(committed.filter(({ synthetic, source }) => !synthetic || source === '')).toEqual([])
  })
})
