import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  faultCodes,
  toOpportunityFromMoochub,
  toOpportunityFromOeapi,
  validateOpportunity,
} from '../../subgraphs/catalogue/index.js'
import { createSampleCourse, sampleProfile } from './oeapi-sample.fixture.js'

const codes: readonly string[] = faultCodes

test('whatever stands in a field of an OEAPI course or offering, nothing throws and faults are precise', () => {
  const { course, offering } = createSampleCourse(1)
  const change = fc.record({ value: fc.jsonValue({ maxDepth: 3 }), where: fc.nat() })
  fc.assert(
    fc.property(change, change, (inCourse, inOffering) => {
      const record = {
        course: replace(course, inCourse),
        offerings: [replace(offering, inOffering)],
      }
      check(validateOpportunity(toOpportunityFromOeapi(record, sampleProfile), { index: 3 }))
    }),
    { seed: 7, numRuns: 1_000 },
  )
})

test('whatever a MOOChub item is, nothing throws and faults are precise', () => {
  const names = ['name', 'startDate', 'endDate', 'teaches', 'offer', 'workload', 'keywords']
  const attributes = fc.dictionary(
    fc.constantFrom(...names, 'allianceHub', 'inLanguage', 'courseMode', 'educationalAlignment'),
    fc.jsonValue({ maxDepth: 3 }),
  )
  const item = fc.oneof(fc.jsonValue(), fc.record({ id: fc.string(), attributes }))
  fc.assert(
    fc.property(item, (record) => {
      check(validateOpportunity(toOpportunityFromMoochub(record, sampleProfile), { index: 3 }))
    }),
    { seed: 7, numRuns: 1_000 },
  )
})

test('whatever an adapter returns, the validation judges it', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (draft) => {
      check(validateOpportunity(draft, { index: 3 }))
    }),
    { seed: 7, numRuns: 1_000 },
  )
})

test('a record that passed once passes again unchanged', () => {
  const { course, offering } = createSampleCourse(1)
  const draft = toOpportunityFromOeapi({ course, offerings: [offering] }, sampleProfile)
  const once = validateOpportunity(draft, { index: 0 })
  expect(once.ok && validateOpportunity(once.record, { index: 0 })).toEqual(once)
})

function replace(
  body: Readonly<Record<string, unknown>>,
  { value, where }: { readonly value: unknown; readonly where: number },
): unknown {
  const keys = Object.keys(body)
  return { ...body, [keys[where % keys.length] ?? '']: value }
}

function check(validated: ReturnType<typeof validateOpportunity>): void {
  if (validated.ok) return
  expect(validated.faults.length).toBeGreaterThan(0)
  for (const { index, code, message } of validated.faults) {
    expect(index).toBe(3)
    expect(codes).toContain(code)
    expect(message.length).toBeGreaterThan(5)
    expect(message.length).toBeLessThan(600)
  }
}
