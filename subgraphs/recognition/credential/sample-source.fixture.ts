import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CredentialId } from '../../../schema/index.js'
import type { Award } from '../domain/award.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { CredentialSource, Issuance } from './credential-source.js'
import { createSalts } from './issue/create-salts.js'
import type { IssueDeps } from './issue/issue-vc-jwt.js'
import { buildIssuerIdentity } from './keys/issuer-identity.js'
import { loadKeyRing } from './keys/key-directory.js'
import { ensureTestKeys } from './keys/make-test-keys.js'

/** The moment tests take for now. */
export const sampleNow = new Date('2026-11-23T12:00:00Z')

export const samplePublicOrigin = 'https://hub.example'

const issuingBody = {
  id: 'https://www.eciu.eu',
  legalNames: { en: 'Stichting European Consortium of Innovative Universities' },
  countryCode: 'NL',
  homepage: 'https://www.eciu.eu',
}

const learningOutcomes = [
  {
    titles: { en: 'Explains how machines learn from data', nl: 'Legt uit hoe machines leren' },
    skills: [
      {
        escoUri: 'http://data.europa.eu/esco/skill/c24096e8-6b26-48bc-b86c-eb0e87cb4f1b',
        titles: { en: 'principles of artificial intelligence' },
      },
      { escoUri: null, titles: { en: 'machine learning' } },
    ],
  },
  { titles: { en: 'Judges whether an application fits its purpose' }, skills: [] },
]

const definition = {
  id: 'alliance:microcredential:utwente-ai-foundations',
  titles: {
    en: 'Foundations of artificial intelligence',
    nl: 'Grondslagen van kunstmatige intelligentie',
  },
  descriptions: { en: 'Shows that its holder understands what artificial intelligence can do.' },
  ects: '2',
  eqfLevel: 6,
  iscedF: ['0613'],
  learningOutcomes,
  assessmentType: 'project work',
  mode: 'BLENDED',
  qualityAssurance: 'INSTITUTIONAL_QUALITY_ASSURANCE',
  supervision: 'SUPERVISED_ONLINE_WITH_ID',
  stackability: 'INTEGRATED',
  prerequisites: { en: 'Secondary education' },
  awardingInstitutionId: 'utwente:institution:utwente',
  awardingMember: 'utwente',
  jurisdictionCode: 'NL',
  opportunityId: 'utwente:opportunity:MM-AI-01',
  synthetic: true,
} as unknown as MicroCredential

const award = {
  id: 'utwente:award:2026-0001',
  learnerId: 'alliance:learner:sample',
  microCredentialId: definition.id,
  opportunityId: definition.opportunityId,
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
} as unknown as Award

const jurisdiction = {
  code: 'NL',
  workload: { minimumHoursPerEcts: '28', maximumHoursPerEcts: '28' },
  frameworks: [
    {
      name: 'NLQF',
      levels: [{ label: 'NLQF 6', eqfLevel: 6, uri: 'http://data.europa.eu/snb/qdr/c_1711a061' }],
    },
  ],
  qualityAssurance: [{ name: 'NVAO' }],
} as unknown as Jurisdiction

/** A whole synthetic source: nobody of this name has earned anything. */
export const sampleSource: CredentialSource = {
  award,
  definition,
  jurisdiction,
  awardingBody: {
    id: 'https://ror.org/006hf6230',
    legalNames: { en: 'University of Twente', nl: 'Universiteit Twente' },
    countryCode: 'NL',
    homepage: 'https://www.utwente.nl',
  },
  issuingBody,
  learner: { givenName: 'Mirthe', familyName: 'Sample', dateOfBirth: '2001-02-03' },
  stacksInto: [
    { id: 'alliance:stackedcredential:ai', titles: { en: 'Applied artificial intelligence' } },
  ],
}

/** The same with a reference to an accreditation record. */
export const accreditedSource: CredentialSource = {
  ...sampleSource,
  award: { ...award, accreditation: 'NVAO-TEST-2024-0001' },
}

export const sampleIssuance: Issuance = {
  id: 'alliance:credential:6f9619ff-8b86-4d01-b42d-00cf4fc964ff' as CredentialId,
  issuedAt: new Date('2026-11-22T09:30:00Z'),
  validUntil: null,
  status: { list: `${samplePublicOrigin}/credentials/status/1`, index: 4711 },
  supersedes: null,
  holderKey: null,
}

/** Test keys in a directory of their own; call `remove` in the end. */
export async function createSampleIssuer(): Promise<
  IssueDeps & { readonly directory: string; remove(): Promise<void> }
> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-keys-'))
  await ensureTestKeys(directory, issuingBody, new Date('2026-11-01T00:00:00Z'))
  return {
    issuer: buildIssuerIdentity(samplePublicOrigin, 'eciu', issuingBody),
    keys: await loadKeyRing(directory),
    salt: createSalts(),
    directory,
    remove: () => rm(directory, { recursive: true }),
  }
}
