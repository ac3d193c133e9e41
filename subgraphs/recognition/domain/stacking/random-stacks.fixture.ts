import type {
  AwardId,
  MicroCredentialId,
  OpportunityId,
  StackedCredentialId,
} from '../../../../schema/index.js'
import type { AwardCondition } from './award-condition.js'
import type { Requirement } from './requirement.js'
import type { StackableAward } from './stack-evaluation.js'
import type { StackLimit } from './stack-limit.js'
import type { StackingRule } from './stacking-rule.js'

/** A stream of numbers in [0, 1) that is the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface RandomStack {
  readonly rule: StackingRule
  readonly awards: readonly StackableAward[]
  readonly date: string
  readonly usedElsewhere: ReadonlyMap<AwardId, StackedCredentialId>
}

const members = ['dcu', 'liu', 'uis'] as const
const jurisdictions: Readonly<Record<string, string>> = { dcu: 'IE', liu: 'SE', uis: 'NO' }
const dates = ['2023-05-31', '2024-01-15', '2024-06-30', '2025-02-28', '2025-09-01', '2026-06-30']
const sizes = ['0', '1', '1.5', '2', '2.5', '3', '5']
const outcomes = ['Models data', 'Secures a network', 'Leads a team', 'Plans a city']
const fields = ['06', '061', '0613', '0413']
const microCredentials = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
  (key) => `alliance:microcredential:${key}` as MicroCredentialId,
)

/** A small random rule with a few random awards: every kind of requirement, limit and condition turns up. */
export function buildRandomStack(random: () => number, maxAwards: number): RandomStack {
  const { pick, chance, upTo, some } = createChoices(random)
  const awards = Array.from({ length: upTo(maxAwards) }, (_, index) => buildAward(index))
  const usedElsewhere = new Map<AwardId, StackedCredentialId>()
  for (const { id } of awards) {
    if (chance(0.05))
      usedElsewhere.set(id, 'alliance:stackedcredential:other' as StackedCredentialId)
  }
  return { rule: buildRule(), awards, date: '2025-12-31', usedElsewhere }

  function buildAward(index: number): StackableAward {
    const member = pick(members)
    const microCredentialId = pick(microCredentials)
    const status = chance(0.9) ? 'VALID' : pick(['SUSPENDED', 'REVOKED', 'SUPERSEDED'] as const)
    return {
      id: `${member}:award:${index}` as AwardId,
      microCredentialId,
      opportunityId: (chance(0.9)
        ? microCredentialId.replace('alliance:microcredential', `${member}:opportunity`)
        : `${member}:opportunity:same`) as OpportunityId,
      awardingMember: member,
      jurisdictionCode: jurisdictions[member] ?? '',
      awardedOn: pick(dates),
      ects: pick(sizes),
      eqfLevel: pick([null, 5, 6, 6, 7]),
      iscedF: some(fields),
      learningOutcomes: some(outcomes).map((en) => ({
        titles: { en },
        skills: chance(0.5) ? [{ escoUri: null, titles: { en: pick(outcomes) } }] : [],
      })),
      grade: pick([
        null,
        { value: 'B', scale: 'A–F' },
        { value: 'D', scale: 'A–F' },
        { value: '62', scale: '0–100 %' },
        { value: '1,7', scale: '1.0–5.0' },
      ]),
      supervision: pick([
        'UNSUPERVISED_WITHOUT_ID',
        'SUPERVISED_WITHOUT_ID',
        'SUPERVISED_ONSITE_WITH_ID',
      ] as const),
      isCapstone: chance(0.3),
      accreditation: chance(0.7) ? 'synthetic accreditation' : null,
      status,
      supersededBy: null,
    }
  }

  function buildRule(): StackingRule {
    return {
      language: 1,
      id: 'alliance:stackedcredential:random' as StackedCredentialId,
      version: 1,
      titles: { en: 'Random' },
      inForceFrom: '2020-01-01',
      inForceUntil: null,
      source: null,
      illustrative: true,
      creditUse: chance(0.5) ? 'ONCE' : 'SHARED',
      eligible: chance(0.2) ? [buildCondition()] : [],
      prerequisites: chance(0.15)
        ? [
            {
              microCredentialId: pick(microCredentials.slice(3)),
              requires: some(microCredentials.slice(0, 3)),
            },
          ]
        : [],
      limits: Array.from({ length: upTo(3) - 1 }, (_, index) => buildLimit(`l${index}`)),
      requirements: Array.from({ length: upTo(4) }, (_, index) => buildRequirement(`r${index}`)),
    }
  }

  function buildWhere(): AwardCondition[] {
    return chance(0.6) ? [buildCondition()] : []
  }

  function buildCondition(): AwardCondition {
    const conditions: readonly AwardCondition[] = [
      { kind: 'LEVEL', atLeast: pick([5, 6, 7]) },
      { kind: 'FIELD', anyOf: [pick(fields)] },
      { kind: 'MICRO_CREDENTIAL', anyOf: some(microCredentials) },
      { kind: 'MEMBER', anyOf: some(members) },
      { kind: 'JURISDICTION', anyOf: ['IE', 'SE'] },
      { kind: 'OUTCOME', anyOf: some(outcomes) },
      {
        kind: 'GRADE',
        scales: [
          { kind: 'ONE_OF', scale: 'A–F', grades: ['A', 'B', 'C'] },
          { kind: 'AT_LEAST', scale: '0–100 %', grade: pick(['60', '70']) },
          { kind: 'AT_MOST', scale: '1.0–5.0', grade: '2.0' },
        ],
        acceptsPassed: chance(0.5),
      },
      { kind: 'RECENCY', months: pick([12, 24, 31]) },
      { kind: 'SUPERVISED', identityVerified: chance(0.5) },
      { kind: 'ACCREDITED' },
      { kind: 'CAPSTONE' },
      { kind: 'SIZE', atLeast: pick([null, '1.5']), atMost: pick([null, '2.5']) },
    ]
    return pick(conditions)
  }

  function buildLimit(id: string): StackLimit {
    const limits: readonly StackLimit[] = [
      { kind: 'MAX_FROM_ONE', id, by: pick(['MEMBER', 'JURISDICTION']), ects: pick(['2', '4.5']) },
      { kind: 'MAX_ECTS', id, ects: pick(['2.5', '4', '6']), where: buildWhere() },
      { kind: 'MAX_SHARE', id, percent: pick(['25', '37.5']), ofEcts: '12', where: buildWhere() },
      { kind: 'MAX_OVERLAP', id, percent: pick(['0', '50', '66']) },
    ]
    return pick(limits)
  }

  function buildRequirement(id: string): Requirement {
    const named = { id, titles: null, use: pick(['SHARED', 'SINGLE', 'SINGLE'] as const) }
    const count = upTo(3)
    const where = buildWhere()
    const requirements: readonly Requirement[] = [
      { ...named, kind: 'MIN_ECTS', ects: pick(['1', '2.5', '4', '7.5']), where },
      { ...named, kind: 'MIN_ECTS', ects: pick(['2', '3', '5']), where },
      { ...named, kind: 'MIN_SHARE', percent: pick(['33.3', '75']), ofEcts: '6', where },
      { ...named, kind: 'MIN_AWARDS', count, where },
      { ...named, kind: 'ALL_OF', microCredentialIds: some(microCredentials) },
      { ...named, kind: 'CHOOSE', count, from: [...microCredentials.slice(0, 4)] },
      { ...named, kind: 'RESIDENCY', member: pick(members), ects: pick(['1', '2.5', '4']) },
      { id, titles: null, kind: 'OUTCOMES', allOf: some(outcomes) },
      { id, titles: null, kind: 'DISTINCT', by: pick(['MEMBER', 'JURISDICTION']), count, where },
      {
        ...{ id, titles: null, kind: 'SEQUENCE' },
        steps: [
          microCredentials.slice(0, 2),
          microCredentials.slice(2, 4),
          ['e', 'f'].map((key) => `alliance:microcredential:${key}` as MicroCredentialId),
        ],
      },
    ]
    return pick(requirements)
  }
}

function createChoices(random: () => number) {
  const upTo = (most: number) => 1 + Math.floor(random() * most)
  const chance = (share: number) => random() < share
  function pick<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new RangeError('nothing to pick from')
    return value
  }
  /** One to three different values. */
  function some<Value>(values: readonly Value[]): Value[] {
    return [...new Set(Array.from({ length: upTo(3) }, () => pick(values)))]
  }
  return { upTo, chance, pick, some }
}
