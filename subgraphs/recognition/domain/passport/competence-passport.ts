import {
  type AwardId,
  compareCodePoints,
  type MicroCredentialId,
} from '../../../../schema/index.js'
import type { Award, OriginalGrade } from '../award.js'
import { compareDecimals, type DecimalText, sumDecimals } from '../decimal.js'
import type { LocalisedText } from '../localised-text.js'

/** What a learner can show: made from valid awards alone, so that it can be made again at any time. */
export interface CompetencePassport {
  /** ISO date it was made for; later awards are not in it. */
  readonly date: string
  readonly totalEcts: DecimalText
  readonly skills: readonly PassportSkill[]
  /** Rising; awards without a European level last, under null. */
  readonly ectsByLevel: readonly { readonly eqfLevel: number | null; readonly ects: DecimalText }[]
  /** By broad field (two digits of ISCED-F), each award under its first field; null: no field given. */
  readonly ectsByField: readonly { readonly iscedF: string | null; readonly ects: DecimalText }[]
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[]
  readonly mobility: Mobility
}

export interface PassportSkill {
  /** Null until somebody has looked it up. */
  readonly escoUri: string | null
  readonly titles: LocalisedText
  /** Highest European level of an award that shows it; null where none has one. */
  readonly eqfLevel: number | null
  /** Awards that show it and by which outcome, oldest first. */
  readonly evidence: readonly SkillEvidence[]
}

export interface SkillEvidence {
  readonly awardId: AwardId
  readonly microCredentialId: MicroCredentialId
  readonly awardingMember: string
  readonly awardedOn: string
  readonly outcome: LocalisedText
}

export interface TimelineEntry {
  readonly awardId: AwardId
  readonly microCredentialId: MicroCredentialId
  readonly awardedOn: string
  readonly awardingMember: string
  readonly ects: DecimalText
  readonly eqfLevel: number | null
  readonly grade: OriginalGrade | null
}

export interface Mobility {
  /** Null: of no member of the alliance. */
  readonly homeMember: string | null
  /** Most credits first. */
  readonly members: readonly MemberShare[]
  readonly jurisdictions: number
  /** Credits awarded by others than the home member. */
  readonly ectsAbroad: DecimalText
}

export interface MemberShare {
  readonly member: string
  readonly jurisdictionCode: string
  readonly isHome: boolean
  readonly awards: number
  readonly ects: DecimalText
}

/** Builds the passport of one learner; the same whatever order the awards come in. */
export function buildCompetencePassport(
  awards: readonly Award[],
  homeMember: string | null,
  date: string,
): CompetencePassport {
  const valid = awards
    .filter(({ status, awardedOn }) => status === 'VALID' && awardedOn <= date)
    .sort((a, b) => compareCodePoints(a.awardedOn, b.awardedOn) || compareCodePoints(a.id, b.id))
  return {
    date,
    totalEcts: sumDecimals(valid.map(({ ects }) => ects)),
    skills: listSkills(valid),
    ectsByLevel: [...sumBy(valid, ({ eqfLevel }) => eqfLevel)]
      .map(([eqfLevel, ects]) => ({ eqfLevel, ects }))
      .sort((a, b) => (a.eqfLevel ?? 9) - (b.eqfLevel ?? 9)),
    ectsByField: [...sumBy(valid, ({ iscedF }) => iscedF[0]?.slice(0, 2) ?? null)]
      .map(([iscedF, ects]) => ({ iscedF, ects }))
      .sort((a, b) => compareCodePoints(a.iscedF ?? '~', b.iscedF ?? '~')),
    timeline: valid.map((award) => ({
      awardId: award.id,
      microCredentialId: award.microCredentialId,
      awardedOn: award.awardedOn,
      awardingMember: award.awardingMember,
      ects: award.ects,
      eqfLevel: award.eqfLevel,
      grade: award.grade,
    })),
    mobility: describeMobility(valid, homeMember),
  }
}

function sumBy<Key>(
  awards: readonly Award[],
  keyOf: (award: Award) => Key,
): ReadonlyMap<Key, DecimalText> {
  const sums = new Map<Key, DecimalText>()
  for (const award of awards) {
    const key = keyOf(award)
    sums.set(key, sumDecimals([sums.get(key) ?? '0', award.ects]))
  }
  return sums
}

function listSkills(awards: readonly Award[]): readonly PassportSkill[] {
  const skills = new Map<string, PassportSkill>()
  for (const award of awards) {
    for (const outcome of award.learningOutcomes) {
      for (const { escoUri, titles } of outcome.skills) {
        const key = escoUri ?? titles.en.trim().toLowerCase()
        const known = skills.get(key)
        const { id, microCredentialId, awardingMember, awardedOn } = award
        const evidence = {
          awardId: id,
          microCredentialId,
          awardingMember,
          awardedOn,
          outcome: outcome.titles,
        }
        skills.set(key, {
          escoUri,
          titles: known?.titles ?? titles,
          eqfLevel: highest(known?.eqfLevel ?? null, award.eqfLevel),
          evidence: [...(known?.evidence ?? []), evidence],
        })
      }
    }
  }
  return [...skills].sort(([a], [b]) => compareCodePoints(a, b)).map(([, skill]) => skill)
}

function highest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.max(one, other)
}

function describeMobility(awards: readonly Award[], homeMember: string | null): Mobility {
  const members = new Map<string, MemberShare>()
  for (const { awardingMember: member, jurisdictionCode, ects } of awards) {
    const known = members.get(member)
    members.set(member, {
      member,
      jurisdictionCode,
      isHome: member === homeMember,
      awards: (known?.awards ?? 0) + 1,
      ects: sumDecimals([known?.ects ?? '0', ects]),
    })
  }
  const shares = [...members.values()].sort(
    (a, b) => compareDecimals(b.ects, a.ects) || compareCodePoints(a.member, b.member),
  )
  return {
    homeMember,
    members: shares,
    jurisdictions: new Set(shares.map(({ jurisdictionCode }) => jurisdictionCode)).size,
    ectsAbroad: sumDecimals(shares.filter(({ isHome }) => !isHome).map(({ ects }) => ects)),
  }
}
