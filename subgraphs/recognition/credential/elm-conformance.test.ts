import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser, type Quad } from 'n3'
import rdf from 'rdf-ext'
import { Validator } from 'shacl-engine'
import { describe, expect, it } from 'vitest'
import type { CredentialSource } from './credential-source.js'
import {
  applicationProfiles,
  buildEuropeanCredential,
} from './issue/elm/build-european-credential.js'
import { buildOfflineContexts } from './json-ld/offline-contexts.js'
import { toQuads } from './json-ld/to-quads.js'
import { accreditedSource, sampleIssuance, sampleSource } from './sample-source.fixture.js'
import { type ElmShapes, loadElmShapes } from './verify/shacl-shapes.js'

const directory = join(
  process.env.HUB_INTEROP_DATA ?? new URL('../../../../shared/data', import.meta.url).pathname,
  'elm',
)
const shapes = await loadElmShapes(directory)

describe.skipIf(shapes === null)(
  'European credentials against the shapes (HUB_INTEROP_DATA)',
  () => {
    const { context, validators } = shapes as ElmShapes
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
      expect(await validators.get(applicationProfiles[profile])?.(result.quads)).toEqual([])
      expect(await validateWithShaclEngine(profile, result.quads)).toEqual([])
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
