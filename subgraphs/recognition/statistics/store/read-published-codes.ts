import { compareCodePoints, type MemberRegister } from '../../../../schema/index.js'
import type { LearningPathway } from '../../domain/learning-pathway.js'
import type { LocalisedText } from '../../domain/localised-text.js'
import type { MicroCredential } from '../../domain/micro-credential.js'
import { outsideCode, unknownCode } from '../domain/dimension.js'
import type { PublishedCode, PublishedCodes } from '../domain/published-codes.js'
import { sizeBands } from '../domain/size-band.js'
import type { Statements } from './statistics-connection.js'

/** Broad fields of ISCED-F 2013. */
const broadFields = {
  '00': 'Generic programmes and qualifications',
  '01': 'Education',
  '02': 'Arts and humanities',
  '03': 'Social sciences, journalism and information',
  '04': 'Business, administration and law',
  '05': 'Natural sciences, mathematics and statistics',
  '06': 'Information and communication technologies',
  '07': 'Engineering, manufacturing and construction',
  '08': 'Agriculture, forestry, fisheries and veterinary',
  '09': 'Health and welfare',
  '10': 'Services',
} as const

/** Reads every value figures are given for: members from the register, the rest from the reference data. */
export async function readPublishedCodes(
  statements: Statements,
  register: MemberRegister,
): Promise<PublishedCodes> {
  const pathways = await statements.query<{ document: LearningPathway }>(
    'select document from learning_pathway order by id',
  )
  const credentials = await statements.query<{ document: MicroCredential }>(
    'select document from micro_credential order by id',
  )
  const stacks = await statements.query<{ id: string; titles: LocalisedText | null }>(
    `select id, document->'rule'->'titles' as titles from stacked_credential order by id`,
  )
  const skills = new Map<string, { readonly label: string; offers: number }>()
  for (const { document } of credentials.rows) {
    const own = document.learningOutcomes.flatMap((outcome) => outcome.skills)
    const byCode = new Map(own.map((skill) => [skill.escoUri ?? skill.titles.en, skill.titles.en]))
    for (const [code, label] of byCode) {
      const skill = skills.get(code) ?? { label, offers: 0 }
      skill.offers += 1
      skills.set(code, skill)
    }
  }
  const members = register.members.map(({ slug, names }) => toCode(slug, names.en ?? slug))
  const jurisdictions = Map.groupBy(register.members, (member) => member.jurisdiction)
  return {
    byDimension: {
      pathway: pathways.rows.map(({ document }) => toCode(document.id, document.titles.en)),
      step: distinctSteps(pathways.rows.map(({ document }) => document)),
      stackedCredential: stacks.rows.map(({ id, titles }) => toCode(id, titles?.en ?? id)),
      homeMember: [...members, toCode(outsideCode, 'no member')],
      awardingMember: members,
      recognisingMember: members,
      jurisdiction: [...jurisdictions.keys()]
        .sort(compareCodePoints)
        .map((code) => toCode(code, code)),
      eqfLevel: [
        ...Array.from({ length: 8 }, (_, index) =>
          toCode(`${index + 1}`, `EQF level ${index + 1}`),
        ),
        toCode(unknownCode, 'not referenced'),
      ],
      iscedField: Object.entries(broadFields)
        .map(([code, label]) => toCode(code, label))
        .sort((left, right) => compareCodePoints(left.code, right.code)),
      sizeBand: sizeBands.map(({ code, description }) => toCode(code, description)),
      skill: [...skills]
        .map(([code, { label }]) => toCode(code, label))
        .sort((left, right) => compareCodePoints(left.code, right.code)),
    },
    steps: new Map(pathways.rows.map(({ document }) => [document.id, stepsOf(document)])),
    soleMembers: new Map(
      [...jurisdictions].flatMap(([code, [first, ...more]]) =>
        first && more.length === 0 ? [[code, first.slug] as const] : [],
      ),
    ),
    offersOfSkill: new Map([...skills].map(([code, { offers }]) => [code, offers])),
  }
}

function stepsOf(pathway: LearningPathway): readonly PublishedCode[] {
  return pathway.steps.map((step) => toCode(String(step.position), step.titles.en))
}

function distinctSteps(pathways: readonly LearningPathway[]): readonly PublishedCode[] {
  const most = Math.max(0, ...pathways.map((pathway) => pathway.steps.length))
  return Array.from({ length: most }, (_, index) => toCode(`${index + 1}`, `step ${index + 1}`))
}

function toCode(code: string, label: string): PublishedCode {
  return { code, label }
}
