import { expect, test } from 'vitest'
import type {
  AwardId,
  LearnerId,
  MicroCredentialId,
  OpportunityId,
} from '../../../../schema/index.js'
import type { Award } from '../award.js'
import { buildCompetencePassport } from './competence-passport.js'

const skill = (en: string, escoUri: string | null = null) => ({ escoUri, titles: { en } })

function awardOf(key: string, part: Partial<Award>): Award {
  const member = part.awardingMember ?? 'dcu'
  return {
    id: `${member}:award:${key}` as AwardId,
    learnerId: 'alliance:learner:1' as LearnerId,
    microCredentialId: `alliance:microcredential:${key}` as MicroCredentialId,
    opportunityId: `${member}:opportunity:${key}` as OpportunityId,
    awardingMember: member,
    jurisdictionCode: 'IE',
    awardedOn: '2025-01-01',
    ects: '2.5',
    eqfLevel: 6,
    iscedF: ['0613'],
    learningOutcomes: [{ titles: { en: `Outcome ${key}` }, skills: [skill('Statistics')] }],
    grade: null,
    supervision: 'SUPERVISED_ONSITE_WITH_ID',
    isCapstone: false,
    accreditation: null,
    status: 'VALID',
    supersededBy: null,
    version: 1,
    synthetic: true,
    ...part,
  }
}

const awards = [
  awardOf('c', {
    awardedOn: '2025-06-01',
    awardingMember: 'tecmonterrey',
    jurisdictionCode: 'MX',
    ects: '0.625',
    eqfLevel: null,
    iscedF: [],
  }),
  awardOf('a', {}),
  awardOf('b', {
    awardedOn: '2025-03-01',
    awardingMember: 'liu',
    jurisdictionCode: 'SE',
    ects: '6',
    eqfLevel: 7,
    iscedF: ['0712', '0613'],
    learningOutcomes: [
      {
        titles: { en: 'Leads' },
        skills: [skill('statistics '), skill('Leadership', 'http://data.europa.eu/esco/skill/1')],
      },
    ],
  }),
  awardOf('revoked', { status: 'REVOKED', ects: '30' }),
  awardOf('later', { awardedOn: '2027-01-01', ects: '30' }),
]
const passport = buildCompetencePassport(awards, 'dcu', '2026-01-01')

test('counts credits exactly, by level and by field, of valid awards alone', () => {
  expect(passport.totalEcts).toBe('9.125')
  expect(passport.ectsByLevel).toEqual([
    { eqfLevel: 6, ects: '2.5' },
    { eqfLevel: 7, ects: '6' },
    { eqfLevel: null, ects: '0.625' },
  ])
  expect(passport.ectsByField).toEqual([
    { iscedF: '06', ects: '2.5' },
    { iscedF: '07', ects: '6' },
    { iscedF: null, ects: '0.625' },
  ])
})

test('shows each skill once, at its highest level, with all evidence for it', () => {
  expect(
    passport.skills.map(({ titles, eqfLevel, evidence }) => [
      titles.en,
      eqfLevel,
      evidence.map(({ awardId }) => awardId),
    ]),
  ).toEqual([
    ['Leadership', 7, ['liu:award:b']],
    ['Statistics', 7, ['dcu:award:a', 'liu:award:b', 'tecmonterrey:award:c']],
  ])
})

test('tells the way through members, oldest award first', () => {
  expect(passport.timeline.map(({ awardId }) => awardId)).toEqual([
    'dcu:award:a',
    'liu:award:b',
    'tecmonterrey:award:c',
  ])
  expect(passport.mobility).toMatchObject({
    homeMember: 'dcu',
    jurisdictions: 3,
    ectsAbroad: '6.625',
  })
  expect(passport.mobility.members.map(({ member, ects }) => [member, ects])).toEqual([
    ['liu', '6'],
    ['dcu', '2.5'],
    ['tecmonterrey', '0.625'],
  ])
})

test('is the same whatever order the awards come in', () => {
  expect(buildCompetencePassport([...awards].reverse(), 'dcu', '2026-01-01')).toEqual(passport)
})
