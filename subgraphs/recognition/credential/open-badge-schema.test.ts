import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { buildOpenBadge } from './issue/build-open-badge.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from './sample-source.fixture.js'

// 1EdTech's file is theirs to hand out: https://purl.imsglobal.org/spec/ob/v3p0/schema/json/<name>
const file = join(
  process.env.HUB_INTEROP_DATA ?? new URL('../../../../shared/data', import.meta.url).pathname,
  'openbadges/ob_v3p0_achievementcredential_schema.json',
)

describe.skipIf(!existsSync(file))(
  'Open Badges against 1EdTech’s schema (HUB_INTEROP_DATA)',
  () => {
    it('pass, with and without a grade and a holder’s key', async () => {
      const issuer = await createSampleIssuer()
      const ajv = new Ajv2019({ strict: false, allErrors: true })
      addFormats.default(ajv)
      const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
      const { award } = sampleSource
      for (const source of [sampleSource, { ...sampleSource, award: { ...award, grade: null } }]) {
        for (const holderKey of [null, { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }]) {
          const issuance = { ...sampleIssuance, holderKey }
          const badge = buildOpenBadge(source, issuance, issuer.issuer)
          expect(validate(JSON.parse(JSON.stringify(badge))), JSON.stringify(validate.errors)).toBe(
            true,
          )
        }
      }
      await issuer.remove()
    })
  },
)
