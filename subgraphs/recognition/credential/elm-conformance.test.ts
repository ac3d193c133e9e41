import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser, type Quad } from 'n3'
import rdf from 'rdf-ext'
import { Validator } from 'shacl-engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CredentialSource } from './credential-source.js'
import {
  applicationProfiles,
  buildEuropeanCredential,
} from './issue/elm/build-european-credential.js'
import { issueCredential } from './issue/issue-credential.js'
import { buildOfflineContexts } from './json-ld/offline-contexts.js'
import { toQuads } from './json-ld/to-quads.js'
import {
  accreditedSource,
  createSampleIssuer,
  sampleIssuance,
  sampleSource,
} from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'
import { createGraphCheck } from './verify/graph/create-graph-check.js'
import { type ElmShapes, loadElmShapes } from './verify/shacl-shapes.js'
import { type VerifyDeps, verifyCredential } from './verify/verify-credential.js'

const directory = join(
  process.env.HUB_INTEROP_DATA ?? new URL('../../../../shared/data', import.meta.url).pathname,
  'elm',
)
const shapes = await loadElmShapes(directory)

describe.skipIf(shapes === null)(
  'European credentials against the shapes (HUB_INTEROP_DATA)',
  () => {
    const { context, check } = shapes as ElmShapes
    const build = (source: CredentialSource) =>
      buildEuropeanCredential(source, sampleIssuance, 'NTRNL-TEST00000000')

    it.each([
      ['generic', sampleSource],
      ['mandate', sampleSource],
      ['generic', accreditedSource],
      ['mandate', accreditedSource],
      ['accredited', accreditedSource],
    ] as const)('conform to %s in two independent engines', async (profile, source) => {
      const result = await toQuads(build(source), buildOfflineContexts(context))
      if (!result.ok) throw new Error(`${result.code} ${result.detail}`)
      expect(await check([applicationProfiles[profile]], result.quads)).toEqual([])
      expect(await validateWithShaclEngine(profile, result.quads)).toEqual([])
    })
  },
)

const sample = (name: string) => readFile(join(directory, name))

describe.skipIf(shapes === null)(
  'the samples of the European Commission (HUB_INTEROP_DATA)',
  () => {
    let issuer: Awaited<ReturnType<typeof createSampleIssuer>>
    let deps: VerifyDeps
    beforeAll(async () => {
      issuer = await createSampleIssuer()
      deps = await createSampleVerifier(issuer, { shapes })
    })
    afterAll(() => issuer.remove())

    it('under a seal: intact and well formed, its chain untrusted and expired, and so undetermined', async () => {
      const bytes = await sample('sample-certificate-of-participation-signed.jsonld')
      const report = await verifyCredential(bytes, deps)
      expect(report).toMatchObject({ verdict: 'UNDETERMINED', format: 'elm+jades' })
      const [format, seal] = report.checks
      expect(format?.status).toBe('pass')
      expect(seal?.parts.map(({ name, status }) => [name, status])).toEqual([
        ['SIGNATURE', 'pass'],
        ['CHAIN', 'unknown'],
        ['TIME', 'unknown'],
        ['TIME_STAMP', 'neutral'],
      ])
      const codes = seal?.reasons.map(({ code }) => code)
      expect(codes).toEqual([
        'CHAIN_UNTRUSTED',
        'CERTIFICATE_REVOCATION_UNCHECKED',
        'CERTIFICATE_EXPIRED',
        'TIME_STAMP_NOT_JUDGED',
        'SEAL_INTACT',
      ])
      const changed = Buffer.from(bytes.toString().replace('Andromeda', 'Andromedo'))
      const [, broken] = (await verifyCredential(changed, deps)).checks
      expect(broken).toMatchObject({ status: 'fail' })
      expect(broken?.reason).toContain('was changed')
    })

    it.each([
      [
        'sample-nonconforming.jsonld',
        ['issuer.eIDASIdentifier', 'displayParameter.individualDisplay'],
      ],
      ['sample-certificate-of-participation-unsigned.jsonld', ['issued', 'issuer.eIDASIdentifier']],
    ])('in %s fail FORMAT with the properties named', async (name, properties) => {
      const bytes = await sample(name)
      for (const other of [
        deps,
        {
          ...deps,
          checkGraph: createGraphCheck({ contexts: buildOfflineContexts(), shapes: null }),
        },
      ]) {
        const report = await verifyCredential(bytes, other)
        expect(report.verdict).toBe('FAILED')
        const [format] = report.checks
        expect(format?.status).toBe('fail')
        const named = format?.reasons.map(({ property }) => property)
        for (const property of properties) expect(named).toContain(property)
      }
    })

    it('are judged without the shapes, too, and FORMAT says what was left out', async () => {
      const text = await issueCredential(sampleSource, 'elm+jades', sampleIssuance, issuer)
      const bare = await createSampleVerifier(issuer)
      const [format] = (await verifyCredential(Buffer.from(text), bare)).checks
      expect(format?.status).toBe('pass')
      expect(format?.parts.find(({ name }) => name === 'SHACL')).toMatchObject({
        status: 'unknown',
      })
      expect(format?.parts.find(({ name }) => name === 'JSON_LD')).toMatchObject({ status: 'pass' })
      const [full] = (await verifyCredential(Buffer.from(text), deps)).checks
      expect(full?.parts.every(({ status }) => status === 'pass')).toBe(true)
    })
  },
)

async function validateWithShaclEngine(profile: string, quads: readonly Quad[]): Promise<unknown> {
  const file = { generic: '', mandate: 'EDC-issuedByMandate.ttl', accredited: 'EDC-accredited.ttl' }
  const names = ['EDC-generic-no-cv.ttl', 'EDC-generic-full.ttl', file[profile as 'generic']]
  const texts = names
    .filter((name) => name !== '')
    .map((name) => readFile(join(directory, name), 'utf8'))
  const shapeQuads = (await Promise.all(texts)).flatMap((text) => new Parser().parse(text))
  const validator = new Validator(rdf.dataset(shapeQuads), { factory: rdf })
  const report = await validator.validate({ dataset: rdf.dataset(quads) })
  return report.results.map((result: { path?: unknown; message?: unknown }) => result)
}
