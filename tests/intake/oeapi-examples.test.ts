import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createOeapiSource,
  toOpportunityFromOeapi,
  validateOpportunity,
} from '../../subgraphs/catalogue/index.js'
import { interopData, isInteropDataPresent } from './interop-data.fixture.js'
import { sampleProfile } from './oeapi-sample.fixture.js'
import { assembleExample } from './openapi-example.fixture.js'

const specification = interopData('oeapi/oeapi-v6.json')

describe.skipIf(!isInteropDataPresent(specification))(
  `the examples of the OEAPI specification (needs ${specification})`,
  () => {
    let directory = ''
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'oeapi-examples-'))
    })
    afterAll(() => rm(directory, { recursive: true }))

    test('a course and its offering pass source, mapping and validation without a fault', async () => {
      const document = JSON.parse(await readFile(specification, 'utf8'))
      const course = assembleExample(document, 'Course')
      const offering = assembleExample(document, 'CourseOffering')
      // The specification's examples have ids of their own; here the one belongs to the other.
      const linked = { ...offering, courseId: course.courseId }
      const location = join(directory, 'oeapi.json')
      await writeFile(location, JSON.stringify({ courses: [course], courseOfferings: [linked] }))

      const source = createOeapiSource({ name: 'oeapi', location })
      const records = await source.read(new AbortController().signal)
      expect(records).toHaveLength(1)
      const validated = validateOpportunity(toOpportunityFromOeapi(records[0], sampleProfile), {
        index: 0,
      })

      expect(validated).not.toHaveProperty('faults')
      expect(validated).toMatchObject({
        ok: true,
        record: {
          localId: '1234qwe12',
          kind: 'COURSE',
          title: { en: 'Academic and Professional Writing' },
          ects: '3',
          nationalCredit: { value: '3', unit: 'EC' },
          iscedF: ['0732'],
          homepage: expect.stringContaining('https://osiris.uu.nl/'),
          offerings: [
            {
              localId: 'INFOMQNM-20FS',
              startDate: '2019-08-21',
              endDate: '2019-10-23',
              state: 'ACTIVE',
              session: { name: 'Autumn term 2020' },
              place: { city: 'Utrecht', countryCode: 'NL' },
              application: { opensAt: '2020-09-28T07:30:00Z', closesAt: '2020-09-30T19:00:00Z' },
              applicationUrl: 'https://university.example.org/',
              capacity: { maximum: 200, enrolled: 150 },
              price: { amount: '340.84', currency: 'EUR' },
            },
          ],
        },
      })
    })
  },
)
