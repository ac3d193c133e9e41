import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { buildRandomStack, createRandom } from '../domain/stacking/random-stacks.fixture.js'
import { parseStackingRule } from './parse-stacking-rule.js'
import { buildStackingRuleJsonSchema } from './stacking-rule.schema.js'

const random = createRandom(7)
const rules = Array.from({ length: 300 }, () => buildRandomStack(random, 1).rule)
const [valid] = rules
const published: object = JSON.parse(
  readFileSync(
    new URL('../../../schema/recognition/stacking-rule.schema.json', import.meta.url),
    'utf8',
  ),
)
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const isValid = ajv.compile(published)

const faultsOf = (json: unknown) => {
  const parsed = parseStackingRule(json)
  return parsed.ok ? [] : parsed.faults.map(({ path, message }) => `${path}: ${message}`)
}

describe('parseStackingRule', () => {
  it('reads back every random rule as it was', () => {
    for (const rule of rules) {
      expect(parseStackingRule(JSON.parse(JSON.stringify(rule)))).toEqual({ ok: true, rule })
    }
  })

  it('tells all faults at once, those between parts as well', () => {
    const broken = {
      ...valid,
      version: 0,
      inForceFrom: '2026-01-01',
      inForceUntil: '2025-01-01',
      illustrative: false,
      surplus: true,
      limits: [{ kind: 'MAX_OVERLAP', id: 'same', percent: '100' }],
      requirements: [
        {
          kind: 'CHOOSE',
          id: 'same',
          titles: null,
          use: 'SINGLE',
          count: 3,
          from: ['alliance:microcredential:a', 'alliance:microcredential:a'],
        },
        {
          kind: 'SEQUENCE',
          id: 'same',
          titles: null,
          steps: [['alliance:microcredential:a'], ['alliance:microcredential:a']],
        },
        { kind: 'MIN_ECTS', id: 'float', titles: null, use: 'SHARED', ects: 2.5, where: [] },
        { kind: 'NO_SUCH', id: 'x' },
      ],
    }
    expect(faultsOf(broken)).toEqual([
      expect.stringMatching(/^version: /),
      expect.stringMatching(/^limits.0.percent: must be 0 or more and less than 100/),
      expect.stringMatching(/^requirements.2.ects: must be a decimal written as a string/),
      expect.stringMatching(/^requirements.3.kind: /),
      expect.stringMatching(/^\(top\): .*surplus/),
      'inForceUntil: lies before inForceFrom',
      'illustrative: must be true as long as no source is named',
      'requirements.0.from: lists alliance:microcredential:a twice',
      'requirements.0.count: asks for 3 of 1',
      'requirements.1.steps: has alliance:microcredential:a in two steps',
      'requirements.1.id: same is taken already',
    ])
  })

  it.each([null, [], 'rule', 7, {}])('refuses %j without failing', (json) => {
    expect(faultsOf(json).length).toBeGreaterThan(0)
  })
})

describe('the published JSON Schema', () => {
  it('is the one made from the parser', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(buildStackingRuleJsonSchema())))
  })

  it('accepts what the parser accepts', () => {
    for (const rule of rules)
      expect(isValid(JSON.parse(JSON.stringify(rule))), JSON.stringify(isValid.errors)).toBe(true)
  })

  it('accepts nothing that the parser refuses for its shape', () => {
    const ruin = createRandom(11)
    let refused = 0
    for (const rule of rules) {
      const json = JSON.parse(JSON.stringify(rule))
      ruinOnePlace(json, ruin)
      const parsed = parseStackingRule(json)
      if (parsed.ok === isValid(json)) refused += parsed.ok ? 0 : 1
      else {
        // Only what holds between parts is beyond a JSON Schema.
        expect(parsed.ok ? [] : parsed.faults.map(({ message }) => message)).toEqual(
          expect.arrayContaining([
            expect.stringMatching(
              /twice|asks for|taken already|two steps|as long as|before inForceFrom|itself|BCP 47/,
            ),
          ]),
        )
      }
    }
    expect(refused).toBeGreaterThan(150)
  })
})

/** Changes, removes or adds one value anywhere in a document. */
function ruinOnePlace(json: unknown, random: () => number): void {
  const places: { holder: Record<string, unknown>; key: string }[] = []
  collect(json)
  const place = places[Math.floor(random() * places.length)]
  if (place === undefined) return
  const bad: readonly unknown[] = [undefined, null, -1, 'x y', '', [], {}, 1.5, '0', '101', 'LEVEL']
  place.holder[place.key] = bad[Math.floor(random() * bad.length)]
  if (place.holder[place.key] === undefined) delete place.holder[place.key]

  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    const holder = value as Record<string, unknown>
    for (const key of Object.keys(holder)) {
      if (!Array.isArray(holder)) places.push({ holder, key })
      collect(holder[key])
    }
  }
}
