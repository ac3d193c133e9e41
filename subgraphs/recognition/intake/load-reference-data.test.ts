import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HubError } from '../../../schema/index.js'
import { loadReferenceData } from './load-reference-data.js'

const committed = new URL('../data', import.meta.url).pathname
const members = new Map([
  ['dcu', 'IE'],
  ['uis', 'NO'],
])
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'recognition-data-'))
  cpSync(committed, directory, { recursive: true })
})
afterEach(() => rmSync(directory, { recursive: true }))

// biome-ignore lint/suspicious/noExplicitAny: the point is to break a file in any way
function change(name: string, edit: (json: any) => void): void {
  const file = join(directory, name)
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
  edit(json)
  writeFileSync(file, JSON.stringify(json))
}

function readFault(): string {
  try {
    loadReferenceData(directory, members)
  } catch (error) {
    if (error instanceof HubError && error.code === 'REFERENCE_DATA_INVALID') return error.message
    throw error
  }
  throw new Error('no fault was found')
}

describe('loadReferenceData', () => {
  it('leaves out what belongs to members the register does not know', () => {
    const { data, leftOut } = loadReferenceData(directory, members)
    expect(new Set(data.microCredentials.map((one) => one.awardingMember))).toEqual(
      new Set(['dcu', 'uis']),
    )
    expect(leftOut).toContain('alliance:microcredential:ktu-ai-foundations')
    expect(leftOut).toContain('alliance:pathway:ai-for-sustainable-cities')
    expect(data.microCredentials.map((one) => one.jurisdictionCode)).toContain('NO')
  })

  it('reports every fault of all three files at once, each with its path', () => {
    change('jurisdictions.json', (json) => {
      json[0].credit.ectsPerUnit = 0.625
      delete json[1].gradingScale.source
      json[2].frameworks[0].levels[0].eqfLevel = 9
      json[3].confidential = true
      json[5].sizeRule.confidence = 'UNVERIFIED'
      json[5].sizeRule.consequence = 'REFUSE'
      json[8].sizeRule.minimumEcts = '60'
    })
    change('micro-credentials.json', (json) => {
      json.definitions[0].ects = '0'
      json.definitions[1].opportunity = 'uab:offering:MM-AI-01'
      json.definitions[2].titles = { fr: 'Sans anglais' }
    })
    change('learning-pathways.json', (json) => {
      json[0].steps[0].chooseAtLeast = 9
      json[2].steps[0].required = false
    })
    const message = readFault()
    for (const path of [
      'jurisdictions.json 0.credit.ectsPerUnit',
      'jurisdictions.json 1.gradingScale.source',
      'jurisdictions.json 2.frameworks.0.levels.0.eqfLevel',
      'jurisdictions.json 3',
      'jurisdictions.json 5.sizeRule.consequence',
      'jurisdictions.json 8.sizeRule.maximumEcts',
      'micro-credentials.json definitions.0.ects',
      'micro-credentials.json definitions.1.opportunity',
      'micro-credentials.json definitions.2.titles',
      'learning-pathways.json 0.steps.0.chooseAtLeast',
      'learning-pathways.json 2.steps.0',
    ]) {
      expect(message).toContain(`${path}: `)
    }
    expect(message).toContain('has 11 faults')
  })

  it('reports keys given twice, opportunities of others and steps nobody can complete', () => {
    change('jurisdictions.json', (json) => json.push(json[0]))
    change('micro-credentials.json', (json) => {
      json.definitions[1].key = json.definitions[0].key
      json.definitions[2].awardedBy = 'dcu'
    })
    change('learning-pathways.json', (json) => {
      json[9].steps[0].ects = '1000'
    })
    const message = readFault()
    expect(message).toContain("jurisdictions.json 13.code: 'NL' is there twice")
    expect(message).toContain('micro-credentials.json definitions.1.key: ')
    expect(message).toContain('micro-credentials.json definitions.2.opportunity: ')
    expect(message).toContain('learning-pathways.json 9.steps.0.ects: asks for 1000 ECTS')
    expect(message).toContain('has 4 faults')
  })

  it('names a file that is not there or is not JSON, and still reads the others', () => {
    writeFileSync(join(directory, 'jurisdictions.json'), '[')
    change('micro-credentials.json', (json) => {
      json.issuingBody.countryCode = 'Netherlands'
    })
    rmSync(join(directory, 'learning-pathways.json'))
    const message = readFault()
    expect(message).toContain('jurisdictions.json cannot be read')
    expect(message).toContain('learning-pathways.json cannot be read')
    expect(message).toContain('micro-credentials.json issuingBody.countryCode: ')
  })
})
