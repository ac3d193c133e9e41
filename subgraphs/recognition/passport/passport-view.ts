import type { Award } from '../domain/award.js'
import { type LocalisedText, pickText } from '../domain/localised-text.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import {
  buildCompetencePassport,
  type CompetencePassport,
} from '../domain/passport/competence-passport.js'
import type { Learner } from '../store/learner.store.js'
import type { PassportPart } from '../store/share-link.store.js'

/** A passport as somebody gets to see it: only the parts that were consented to. Also its form as JSON. */
export interface PassportView {
  readonly type: 'CompetencePassport'
  /** As the learner wants to be called; null when they did not say. */
  readonly holder: string | null
  /** True for sample data of no real person. */
  readonly synthetic: boolean
  /** ISO date it was made for. */
  readonly date: string
  readonly language: string
  readonly credits: Pick<CompetencePassport, 'totalEcts' | 'ectsByLevel' | 'ectsByField'> | null
  readonly skills: readonly SkillView[] | null
  readonly timeline: readonly TimelineView[] | null
  readonly mobility: MobilityView | null
}

/** Where credits were awarded, with the members by name. */
export type MobilityView = Omit<CompetencePassport['mobility'], 'members'> & {
  readonly members: readonly (CompetencePassport['mobility']['members'][number] & {
    readonly name: string
  })[]
}

export interface SkillView {
  readonly title: string
  readonly escoUri: string | null
  readonly eqfLevel: number | null
  readonly evidence: number
}

export interface TimelineView {
  readonly title: string
  readonly awardedOn: string
  readonly awardingMember: string
  /** Its legal name, where it has one in the language asked for. */
  readonly awardedBy: string
  readonly ects: string
  readonly eqfLevel: number | null
  /** Null when there is none, or grades are not shown. */
  readonly grade: string | null
}

/** Legal names of members, by slug. One that has left the register goes by its slug. */
export type MemberNames = ReadonlyMap<string, LocalisedText>

export interface PassportRecord {
  readonly learner: Learner
  readonly awards: readonly Award[]
  readonly definitions: ReadonlyMap<string, MicroCredential>
}

/**
 * What is shown of a learner's record.
 *
 * @param language - BCP 47; texts that are not there in it are in English.
 */
export function buildPassportView(
  { learner, awards, definitions }: PassportRecord,
  {
    parts,
    date,
    language,
    memberNames,
  }: {
    readonly parts: readonly PassportPart[]
    readonly date: string
    readonly language: string
    readonly memberNames: MemberNames
  },
): PassportView {
  const passport = buildCompetencePassport(awards, learner.homeMember, date)
  const has = (part: PassportPart) => parts.includes(part)
  const { totalEcts, ectsByLevel, ectsByField, mobility } = passport
  const nameOf = (member: string) => {
    const names = memberNames.get(member)
    return names === undefined ? member : pickText(names, language)
  }
  return {
    type: 'CompetencePassport',
    holder: learner.displayName,
    synthetic: learner.synthetic,
    date,
    language,
    credits: has('CREDITS') ? { totalEcts, ectsByLevel, ectsByField } : null,
    skills: has('SKILLS')
      ? passport.skills.map(({ titles, escoUri, eqfLevel, evidence }) => ({
          title: pickText(titles, language),
          escoUri,
          eqfLevel,
          evidence: evidence.length,
        }))
      : null,
    timeline: has('TIMELINE')
      ? passport.timeline.map((entry) => ({
          title: titleOf(definitions.get(entry.microCredentialId), language),
          awardedOn: entry.awardedOn,
          awardingMember: entry.awardingMember,
          awardedBy: nameOf(entry.awardingMember),
          ects: entry.ects,
          eqfLevel: entry.eqfLevel,
          grade: has('GRADES') ? (entry.grade?.value ?? null) : null,
        }))
      : null,
    mobility: has('MOBILITY')
      ? {
          ...mobility,
          members: mobility.members.map((share) => ({ ...share, name: nameOf(share.member) })),
        }
      : null,
  }
}

function titleOf(definition: MicroCredential | undefined, language: string): string {
  return definition ? pickText(definition.titles, language) : 'A micro-credential'
}
