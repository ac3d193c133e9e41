import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadMemberRegister } from '../../../schema/index.js'
import { toEcts } from '../domain/ects-conversion.js'
import { findEqfLevel } from '../domain/eqf-mapping.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import { listFactSources } from '../domain/list-fact-sources.js'
import { membersInvolved } from '../domain/members-involved.js'
import { checkSize } from '../domain/size-rule.js'
import { loadReferenceData } from './load-reference-data.js'

const root = new URL('../../..', import.meta.url).pathname
const register = loadMemberRegister(join(root, 'schema/register/members.json'))
const memberJurisdictions = new Map(register.members.map((one) => [one.slug, one.jurisdiction]))
const { data, leftOut } = loadReferenceData(
  join(root, 'subgraphs/recognition/data'),
  memberJurisdictions,
)

function jurisdiction(code: string): Jurisdiction {
  const found = data.jurisdictions.find((one) => one.code === code)
  if (!found) throw new Error(`no jurisdiction ${code}`)
  return found
}

describe('the committed reference data', () => {
  it('describes the jurisdiction of every member and leaves nothing out', () => {
    expect(data.jurisdictions.map((one) => one.code).sort()).toEqual(
      [...memberJurisdictions.values()].sort(),
    )
    expect(leftOut).toEqual([])
  })

  it.each([
    ['NL', '5', '5', true],
    ['NO', '10', '10', false],
    ['SE', '7.5', '7.5', false],
    ['FI', '2', '2', false],
    ['LT', '6', '6', false],
    ['MX', '8', '5', false],
    ['MX', '12', '7.5', false],
    ['MX', '48', '30', false],
  ])('converts in %s %s national units to %s ECTS, certain: %s', (code, units, ects, isCertain) => {
    expect(toEcts(units, jurisdiction(code).credit)).toMatchObject({ ects, isCertain })
  })

  it.each([
    ['NL', 'NLQF 7', 7],
    ['ES', 'MECES 2', 6],
    ['FR', 'RNCP II (licence)', 6],
    ['NO', 'NKR 6.2', 6],
    ['NO', 'nkr5.1', 5],
    ['IE', 'NFQ 7', 6],
    ['IE', 'NFQ 8', 6],
    ['IE', 'NFQ 10', 8],
    ['DE', 'DQR 6', 6],
    ['FI', 'http://data.europa.eu/snb/qdr/c_3b2bd7b5', 7],
  ])('maps in %s the level %s to EQF %i', (code, level, eqfLevel) => {
    expect(findEqfLevel(jurisdiction(code), level)?.eqfLevel).toBe(eqfLevel)
  })

  it('maps no level where there is no referencing to the European framework', () => {
    expect(jurisdiction('MX').frameworks).toEqual([])
    expect(findEqfLevel(jurisdiction('MX'), 'Licenciatura')).toBeNull()
    expect(findEqfLevel(jurisdiction('NL'), 'NLQF 99')).toBeNull()
  })

  it.each([
    ['NL', '2', 'WARNING'],
    ['NL', '3', 'OK'],
    ['ES', '14.5', 'OK'],
    ['ES', '15', 'REFUSAL'],
    ['PT', '30', 'OK'],
    ['PT', '30.5', 'WARNING'],
    ['FI', '0.5', 'WARNING'],
    ['FI', '59', 'OK'],
    ['DE', '1', 'OK'],
    ['MX', '60', 'OK'],
  ])('finds in %s a micro-credential of %s ECTS to be %s', (code, ects, result) => {
    expect(checkSize(ects, jurisdiction(code).sizeRule).result).toBe(result)
  })

  it('gives a source and a confidence for every fact, and calls nothing about Mexican credits sourced', () => {
    for (const one of data.jurisdictions) {
      const facts = listFactSources(one).map((source) => source.fact)
      expect(facts).toEqual(
        expect.arrayContaining(['credit', 'workload', 'gradingScale', 'calendar']),
      )
    }
    expect(jurisdiction('MX').credit.confidence).toBe('UNVERIFIED')
    expect(jurisdiction('MX').workload.confidence).toBe('UNVERIFIED')
    expect(jurisdiction('DE').gradingScale.isInverted).toBe(true)
  })

  it('gives every member’s introduction to artificial intelligence a definition', () => {
    const withDefinition = data.microCredentials.map((one) => one.opportunityId)
    for (const slug of memberJurisdictions.keys()) {
      expect(withDefinition).toContain(`${slug}:opportunity:MM-AI-01`)
    }
  })

  it('has a pathway over four members or more, and marks every pathway as illustrative', () => {
    const cities = data.pathways.find((one) => one.id.endsWith(':ai-for-sustainable-cities'))
    expect(cities && membersInvolved(cities).length).toBeGreaterThanOrEqual(4)
    expect(data.pathways.every((one) => one.illustrative && one.synthetic)).toBe(true)
    expect(data.microCredentials.every((one) => one.synthetic)).toBe(true)
  })

  const vocabulary = join(
    process.env.HUB_INTEROP_DATA ?? join(root, '../shared/data'),
    'vocabulary/nqf.csv',
  )
  it.skipIf(!existsSync(vocabulary))(
    'uses only framework URIs of the European list (skipped without the vocabulary at HUB_INTEROP_DATA)',
    () => {
      const known = new Set(
        readFileSync(vocabulary, 'utf8')
          .split('\n')
          .map((line) => line.split(',')[0]),
      )
      const uris = data.jurisdictions.flatMap((one) =>
        one.frameworks.flatMap((framework) => [
          framework.uri,
          ...framework.levels.map((level) => level.uri),
        ]),
      )
      const given = uris.filter((uri) => uri !== null)
      expect(given.length).toBeGreaterThan(50)
      expect(given.filter((uri) => !known.has(uri))).toEqual([])
    },
  )
})
