import { describe, expect, it } from 'vitest'
import type { InstitutionId, MicroCredentialId, OpportunityId } from '../../../../schema/index.js'
import type { MicroCredential } from '../micro-credential.js'
import type { AnnexElementKey } from './annex-element.js'
import { type AwardedFacts, reportCompleteness } from './report-completeness.js'

const definition: MicroCredential = {
  id: 'alliance:microcredential:x' as MicroCredentialId,
  titles: { en: 'Data for cities' },
  descriptions: { en: 'Synthetic.' },
  ects: '3',
  eqfLevel: 6,
  iscedF: ['0613'],
  learningOutcomes: [{ titles: { en: 'Reads a chart' }, skills: [] }],
  assessmentType: 'quiz',
  mode: 'ONLINE',
  qualityAssurance: 'INSTITUTIONAL_QUALITY_ASSURANCE',
  supervision: 'SUPERVISED_ONLINE_WITH_ID',
  stackability: 'INTEGRATED',
  prerequisites: { en: 'None but curiosity' },
  awardingInstitutionId: 'utwente:institution:utwente' as InstitutionId,
  awardingMember: 'utwente',
  jurisdictionCode: 'NL',
  opportunityId: 'utwente:opportunity:x' as OpportunityId,
  synthetic: true,
}
const framework = {
  name: 'NLQF',
  uri: null,
  levels: [],
  eqfMapping: { source: 's', confidence: 'SOURCED' as const },
  source: 's',
  confidence: 'SOURCED' as const,
}
const source = { source: 's', confidence: 'SOURCED' as const }
const pilot = {
  minimumEcts: '3',
  maximumEcts: '30',
  maximumIsAllowed: true,
  consequence: 'WARN' as const,
  ...source,
}
const law = {
  minimumEcts: null,
  maximumEcts: '15',
  maximumIsAllowed: false,
  consequence: 'REFUSE' as const,
  ...source,
}
const jurisdiction = { frameworks: [framework], sizeRule: pilot }
const awarded: AwardedFacts = {
  award: { awardedOn: '2026-01-31', grade: { value: '8', scale: '1–10' } },
  isLearnerIdentified: true,
  furtherInformation: null,
}

describe('reportCompleteness', () => {
  it('finds all sixteen elements of an award that has them', () => {
    const report = reportCompleteness(definition, jurisdiction, awarded)
    expect(report.elements.map(({ element, status }) => [element.number, status])).toEqual(
      Array.from({ length: 16 }, (_, index) => [index + 1, 'PRESENT']),
    )
    expect(report.elements.filter(({ element }) => element.isMandatory)).toHaveLength(11)
    expect(report).toMatchObject({
      isComplete: true,
      isCreditBearing: true,
      stackability: 'INTEGRATED',
    })
  })

  it('does not miss in a definition what only an award can have', () => {
    const report = reportCompleteness(definition, jurisdiction, null)
    const open = report.elements.filter(({ status }) => status !== 'PRESENT')
    expect(open.map(({ element, status, reason }) => [element.key, status, reason])).toEqual([
      ['LEARNER', 'NOT_APPLICABLE', 'KNOWN_ONLY_WITH_AWARD'],
      ['DATE_OF_ISSUING', 'NOT_APPLICABLE', 'KNOWN_ONLY_WITH_AWARD'],
      ['GRADE', 'NOT_APPLICABLE', 'KNOWN_ONLY_WITH_AWARD'],
    ])
    expect(report.isComplete).toBe(true)
  })

  it.each<[AnnexElementKey, Partial<MicroCredential>, Partial<AwardedFacts>, string]>([
    ['LEARNER', {}, { isLearnerIdentified: false }, 'NOT_GIVEN'],
    ['TITLE', { titles: { en: ' ' } }, {}, 'NO_TITLE_IN_ENGLISH'],
    ['COUNTRY_OF_ISSUER', { jurisdictionCode: '' }, {}, 'NOT_GIVEN'],
    ['AWARDING_BODY', { awardingMember: '' }, {}, 'NOT_GIVEN'],
    ['DATE_OF_ISSUING', {}, { award: { awardedOn: '', grade: null } }, 'NOT_GIVEN'],
    ['LEARNING_OUTCOMES', { learningOutcomes: [] }, {}, 'NOT_GIVEN'],
    [
      'LEARNING_OUTCOMES',
      { learningOutcomes: [{ titles: { en: '' }, skills: [] }] },
      {},
      'OUTCOME_WITHOUT_TEXT',
    ],
    ['WORKLOAD', { ects: '0' }, {}, 'NOT_GIVEN'],
    ['LEVEL', { eqfLevel: null }, {}, 'NOT_GIVEN'],
    ['ASSESSMENT', { assessmentType: '' }, {}, 'NOT_GIVEN'],
  ])('reports the mandatory element %s as missing with %o %o', (key, part, facts, reason) => {
    const report = reportCompleteness({ ...definition, ...part }, jurisdiction, {
      ...awarded,
      ...facts,
    })
    expect(report.mandatoryMissing.map((element) => element.key)).toEqual([key])
    expect(report.elements.find(({ element }) => element.key === key)?.reason).toBe(reason)
    expect(report.isComplete).toBe(false)
  })

  it('asks for no level where no framework is referenced to the European one, as in Mexico', () => {
    const mexico = { frameworks: [], sizeRule: null }
    const report = reportCompleteness({ ...definition, eqfLevel: null }, mexico, awarded)
    expect(report.elements[7]).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'NO_REFERENCED_FRAMEWORK',
    })
    expect(report.isComplete).toBe(true)
  })

  it('warns or refuses a size as the jurisdiction says', () => {
    const sizeOf = (ects: string, sizeRule: typeof pilot | typeof law) =>
      reportCompleteness({ ...definition, ects }, { ...jurisdiction, sizeRule }, null).size.result
    expect([sizeOf('2.5', pilot), sizeOf('3', pilot), sizeOf('15', law)]).toEqual([
      'WARNING',
      'OK',
      'REFUSAL',
    ])
  })

  it('says that one without credits bears none', () => {
    expect(
      reportCompleteness({ ...definition, ects: '0' }, jurisdiction, null).isCreditBearing,
    ).toBe(false)
  })
})
