import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats, { type FormatsPlugin } from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createMoochubSource,
  toOpportunityFromMoochub,
  validateOpportunity,
} from '../../subgraphs/catalogue/index.js'
import { interopData, isInteropDataPresent } from './interop-data.fixture.js'
import { fullItem, minimalItem, nullHeavyItem, runsItem } from './moochub-sample.fixture.js'
import { sampleProfile } from './oeapi-sample.fixture.js'

const schemaPath = interopData('moochub/moochub-schema.json')

describe.skipIf(!isInteropDataPresent(schemaPath))(
  `records valid under the MOOChub schema (needs ${schemaPath})`,
  () => {
    const self = 'https://courses.example/api'
    const document = {
      links: { self, first: self, last: self },
      data: [minimalItem, fullItem, nullHeavyItem, runsItem],
    }
    let directory = ''
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'moochub-records-'))
    })
    afterAll(() => rm(directory, { recursive: true }))

    test('the samples are valid under it', async () => {
      const ajv = new Ajv2020({ strict: false, allErrors: true })
      ;(ajvFormats as unknown as FormatsPlugin)(ajv)
      // ajv-formats knows no IRIs; every IRI is a URL to the standard parser.
      ajv.addFormat('iri', (text: string) => URL.canParse(text))
      const validate = ajv.compile(JSON.parse(await readFile(schemaPath, 'utf8')))
      validate(document)
      expect(validate.errors ?? []).toEqual([])
    })

    test('pass source, mapping and validation', async () => {
      const location = join(directory, 'moochub.json')
      await writeFile(location, JSON.stringify(document))
      const source = createMoochubSource({ name: 'moochub', location })
      const records = await source.read(new AbortController().signal)
      const validated = records.map((record, index) =>
        validateOpportunity(toOpportunityFromMoochub(record, sampleProfile), { index }),
      )
      expect(validated.flatMap((it) => (it.ok ? [] : it.faults))).toEqual([])
      const [minimal, full, nulls, runs] = validated.map((it) => (it.ok ? it.record : null))

      expect(minimal).toMatchObject({
        localId: minimalItem.id,
        kind: 'COURSE',
        title: { nl: 'Inleiding cryptografie' },
        description: {},
        ects: null,
        languages: [],
        offerings: [],
      })
      expect(full).toMatchObject({
        localId: 'confidential2026',
        kind: 'MICRO_MODULE',
        codes: [{ codeType: 'courseCode', code: 'confidential2026' }],
        title: { en: 'Confidential communication' },
        description: { en: 'Messages & networks.\n\nWhat “secure” means.' },
        ects: '1.5',
        nationalCredit: { value: '1.5', unit: 'EC' },
        workloadHours: 42,
        eqfLevel: 6,
        iscedF: ['0611', '0612'],
        learningOutcomes: [
          {
            code: 'S1.1',
            title: { en: 'encrypt messages', de: 'Nachrichten verschlüsseln' },
            skills: [
              {
                escoUri: 'http://data.europa.eu/esco/skill/3a2d5b45-56e4-4f5a-a55a-4a4a65afdc43',
                title: { en: 'encrypt messages', de: 'Nachrichten verschlüsseln' },
              },
            ],
          },
          { code: '4.2', title: { en: 'Protect personal data' }, skills: [] },
        ],
        languages: ['en'],
        mode: 'BLENDED',
        entryRequirements: { en: 'basic arithmetic' },
        topics: ['cyber security'],
        homepage: 'https://courses.example/confidential2026',
        synthetic: true,
        offerings: [
          {
            localId: 'confidential2026-20261005',
            startDate: '2026-10-05',
            endDate: '2026-11-13',
            mode: 'BLENDED',
            languages: ['en'],
            place: { name: 'Campus', city: 'Enschede', countryCode: 'NL' },
            application: { opensAt: '2026-06-01T00:00:00Z', closesAt: '2026-09-30T21:59:59Z' },
            price: { amount: '340.84', currency: 'EUR' },
          },
          { localId: 'confidential2026-20270201', startDate: '2027-02-01', endDate: null },
        ],
      })
      expect(nulls).toMatchObject({
        ects: null,
        nationalCredit: null,
        workloadHours: null,
        mode: null,
        topics: [],
        // startDate null, not left out: one can start at any time.
        offerings: [{ startDate: null, endDate: null, price: null, application: null }],
      })
      expect(runs).toMatchObject({
        kind: 'CHALLENGE',
        title: { pl: 'Woda w mieście', en: 'Water in the city' },
        challenge: { providers: ['City of Łódź'] },
        offerings: [
          {
            localId: 'water-1',
            session: { name: 'Winter 2026/27', startDate: null, endDate: null },
            startDate: '2026-10-05',
            price: { amount: '0', currency: 'EUR' },
            capacity: { maximum: 20, enrolled: null },
          },
        ],
      })
    })
  },
)
