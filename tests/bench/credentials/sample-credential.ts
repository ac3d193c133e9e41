import type { CredentialSource, Issuance } from '../../../subgraphs/recognition/index.js'

const learningOutcomes = [
  {
    titles: { en: 'Explains how machines learn from data' },
    skills: [{ escoUri: null, titles: { en: 'machine learning' } }],
  },
  { titles: { en: 'Judges whether an application fits its purpose' }, skills: [] },
]

const ids = {
  award: 'utwente:award:bench-1',
  learner: 'alliance:learner:bench',
  definition: 'alliance:microcredential:utwente-ai-foundations',
  opportunity: 'utwente:opportunity:MM-AI-01',
  institution: 'utwente:institution:utwente',
  credential: 'alliance:credential:6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
}

/** A synthetic micro-credential of ordinary size. */
export const benchSource = {
  award: {
    id: ids.award,
    learnerId: ids.learner,
    microCredentialId: ids.definition,
    opportunityId: ids.opportunity,
    awardingMember: 'utwente',
    jurisdictionCode: 'NL',
    awardedOn: '2026-11-20',
    ects: '2',
    eqfLevel: 6,
    iscedF: ['0613'],
    learningOutcomes,
    grade: { value: '8.5', scale: '1–10' },
    supervision: 'SUPERVISED_ONLINE_WITH_ID',
    isCapstone: false,
    accreditation: null,
    status: 'VALID',
    supersededBy: null,
    version: 1,
    synthetic: true,
  },
  definition: {
    id: ids.definition,
    titles: { en: 'Foundations of artificial intelligence' },
    descriptions: { en: 'Shows that its holder understands what artificial intelligence can do.' },
    ects: '2',
    eqfLevel: 6,
    iscedF: ['0613'],
    learningOutcomes,
    assessmentType: 'project work',
    mode: 'BLENDED',
    qualityAssurance: 'INSTITUTIONAL_QUALITY_ASSURANCE',
    supervision: 'SUPERVISED_ONLINE_WITH_ID',
    stackability: 'STANDALONE',
    prerequisites: null,
    awardingInstitutionId: ids.institution,
    awardingMember: 'utwente',
    jurisdictionCode: 'NL',
    opportunityId: ids.opportunity,
    synthetic: true,
  },
  jurisdiction: null,
  awardingBody: {
    id: 'https://ror.org/006hf6230',
    legalNames: { en: 'University of Twente' },
    countryCode: 'NL',
    homepage: 'https://www.utwente.nl',
  },
  issuingBody: {
    id: 'https://www.eciu.eu',
    legalNames: { en: 'Bench foundation' },
    countryCode: 'NL',
    homepage: 'https://www.eciu.eu',
  },
  learner: { givenName: 'Mirthe', familyName: 'Sample', dateOfBirth: null },
  stacksInto: [],
} as unknown as CredentialSource

/**
 * A cohort: awards of one definition, each with a learner, a grade and a day of its own, and copies of what a database
 * gives copies of.
 */
export function listCohort(count: number): readonly CredentialSource[] {
  return Array.from({ length: count }, (_, number) => ({
    ...benchSource,
    award: {
      ...benchSource.award,
      id: `utwente:award:bench-${number}` as CredentialSource['award']['id'],
      awardedOn: `2026-11-${String(10 + (number % 10))}`,
      grade: { value: `${5 + (number % 6)}`, scale: '1–10' },
      learningOutcomes: JSON.parse(JSON.stringify(benchSource.award.learningOutcomes)),
    },
    learner: { givenName: `Mirthe ${number}`, familyName: 'Sample', dateOfBirth: null },
  }))
}

/** @param list - URL of the pair of lists of statuses. */
export function benchIssuance(list: string, at: Date): Issuance {
  return {
    id: ids.credential,
    issuedAt: at,
    validUntil: null,
    status: { list, index: 4711 },
    supersedes: null,
    holderKey: null,
  } as Issuance
}
