import type { StackingRule } from '../../../subgraphs/recognition/index.js'
import { sampleMicroCredentialId } from './sample-learners.js'

/**
 * A rule with twelve requirements of every kind, limits, conditions and single use. Synthetic, as are its numbers.
 *
 * @param version - Version 2 asks for more than version 1.
 */
export function buildSampleRule(version: 1 | 2): StackingRule {
  const shared = { titles: null, use: 'SHARED' } as const
  const single = { titles: null, use: 'SINGLE' } as const
  const ids = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => sampleMicroCredentialId(from + index))
  return {
    language: 1,
    id: 'alliance:stackedcredential:bench' as StackingRule['id'],
    version,
    titles: { en: 'Bench' },
    inForceFrom: '2020-01-01',
    inForceUntil: null,
    source: null,
    illustrative: true,
    creditUse: 'ONCE',
    eligible: [{ kind: 'ACCREDITED' }, { kind: 'RECENCY', months: 72 }],
    prerequisites: [{ microCredentialId: sampleMicroCredentialId(7), requires: ids(1, 1) }],
    limits: [
      { kind: 'MAX_FROM_ONE', id: 'one-member', by: 'MEMBER', ects: '15' },
      {
        kind: 'MAX_SHARE',
        id: 'low-level',
        percent: '25',
        ofEcts: '30',
        where: [{ kind: 'SIZE', atLeast: null, atMost: '1' }],
      },
    ],
    requirements: [
      { ...shared, kind: 'MIN_ECTS', id: 'size', ects: version === 1 ? '30' : '35', where: [] },
      {
        ...shared,
        kind: 'MIN_ECTS',
        id: 'level',
        ects: '15',
        where: [{ kind: 'LEVEL', atLeast: 6 }],
      },
      {
        ...shared,
        kind: 'MIN_SHARE',
        id: 'field',
        percent: '40',
        ofEcts: '30',
        where: [{ kind: 'FIELD', anyOf: ['06', '05'] }],
      },
      {
        ...single,
        kind: 'MIN_ECTS',
        id: 'computing',
        ects: '7.5',
        where: [{ kind: 'FIELD', anyOf: ['06'] }],
      },
      {
        ...single,
        kind: 'MIN_ECTS',
        id: 'society',
        ects: '5',
        where: [{ kind: 'FIELD', anyOf: ['03', '04', '06'] }],
      },
      { ...single, kind: 'CHOOSE', id: 'choice', count: 2, from: ids(0, 90) },
      { ...single, kind: 'MIN_AWARDS', id: 'capstone', count: 1, where: [{ kind: 'CAPSTONE' }] },
      {
        ...shared,
        kind: 'MIN_AWARDS',
        id: 'supervised',
        count: 3,
        where: [{ kind: 'SUPERVISED', identityVerified: true }],
      },
      { id: 'members', titles: null, kind: 'DISTINCT', by: 'MEMBER', count: 4, where: [] },
      {
        id: 'jurisdictions',
        titles: null,
        kind: 'DISTINCT',
        by: 'JURISDICTION',
        count: 3,
        where: [],
      },
      {
        id: 'outcomes',
        titles: null,
        kind: 'OUTCOMES',
        allOf: ['outcome 1', 'outcome 2', 'outcome 3'],
      },
      { ...shared, kind: 'RESIDENCY', id: 'residency', member: 'member0', ects: '3' },
    ],
  }
}
