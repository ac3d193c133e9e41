import type { LearningOutcome } from '../../../domain/micro-credential.js'
import type { CredentialSource } from '../../credential-source.js'
import { findLanguageConcept } from '../../vocabulary/authority-concepts.js'
import { toConcept } from '../../vocabulary/concept.js'
import {
  ectsConcept,
  formalLearningConcept,
  supervisionLabels,
  toAssessmentConcept,
  toEqfConcept,
  toIscedConcept,
  toModeConcept,
  toNqfConcept,
} from '../../vocabulary/learning-concepts.js'
import { hoursOf, levelOf } from '../micro-credential-claims.js'
import { buildAccreditation } from './build-accreditation.js'
import { buildOrganisation } from './build-organisation.js'
import type { ElmNode, NodeFactory } from './node-factory.js'

/** Says on a specification that Annex I of the Council Recommendation holds for it: ELM has no class for it. */
export const microCredentialCategory = 'Micro-credential'

/** What was achieved (`hasClaim`): titles, credit, how it was proven, who awarded it, what it counts towards. */
export function buildAchievement(factory: NodeFactory, source: CredentialSource): ElmNode {
  const { award, definition, stacksInto } = source
  const { node } = factory
  return node('LearningAchievement', {
    title: definition.titles,
    description: definition.descriptions,
    awardedBy: buildAwardingProcess(factory, source),
    creditReceived: buildCredit(factory, award.ects),
    provenBy: buildAssessment(factory, source),
    specifiedBy: buildSpecification(factory, source),
    additionalNote:
      definition.stackability === 'STANDALONE'
        ? node('Note', { noteLiteral: { en: 'Stackability: stands alone.' } })
        : node('Note', {
            noteLiteral: {
              en: [
                'Stackability: counts towards other credentials.',
                ...stacksInto.map(nameOf),
              ].join(' '),
            },
          }),
  })
}

function nameOf({ titles }: CredentialSource['stacksInto'][number]): string {
  return `Component of “${titles.en}”.`
}

function buildAwardingProcess(
  factory: NodeFactory,
  { award, awardingBody }: CredentialSource,
): ElmNode {
  return factory.node('AwardingProcess', {
    awardingBody: buildOrganisation(factory, awardingBody),
    awardingDate: `${award.awardedOn}T00:00:00Z`,
  })
}

function buildCredit({ node }: NodeFactory, ects: string): ElmNode {
  return node('CreditPoint', { framework: ectsConcept, point: ects })
}

function buildAssessment(factory: NodeFactory, source: CredentialSource): ElmNode {
  const { award, definition } = source
  const { node } = factory
  const title = { en: definition.assessmentType }
  return node('LearningAssessment', {
    title,
    awardedBy: buildAwardingProcess(factory, source),
    // The profile demands a grade of every assessment; who only passed has passed.
    grade: node('Note', { noteLiteral: { en: award.grade?.value ?? 'Passed' } }),
    additionalNote: node('Note', {
      noteLiteral: { en: `${supervisionLabels[award.supervision]}.` },
    }),
    specifiedBy: node('LearningAssessmentSpecification', {
      title,
      dcType: toAssessmentConcept(definition.assessmentType) ?? undefined,
      gradingScheme:
        award.grade === null
          ? undefined
          : node('GradingScheme', { title: { en: award.grade.scale } }),
    }),
  })
}

function buildSpecification(factory: NodeFactory, source: CredentialSource): ElmNode {
  const { award, definition, stacksInto } = source
  const { node } = factory
  const hours = hoursOf(source)
  const level = levelOf(source)
  return node('Qualification', {
    title: definition.titles,
    category: { en: microCredentialCategory },
    isPartialQualification: true,
    creditPoint: buildCredit(factory, award.ects),
    volumeOfLearning: hours === null ? undefined : toDuration(hours),
    eqfLevel: level === null ? undefined : toEqfConcept(level.eqfLevel),
    nqfLevel:
      level?.nqf === undefined ? undefined : toNqfConcept(level.nqf, level.nqfLabel ?? level.nqf),
    learningOutcome: award.learningOutcomes.map((outcome) => buildOutcome(factory, outcome)),
    learningSetting: formalLearningConcept,
    mode: toModeConcept(definition.mode),
    thematicArea: award.iscedF.length === 0 ? undefined : award.iscedF.map(toIscedConcept),
    language: Object.keys(definition.titles).flatMap((tag) => findLanguageConcept(tag) ?? []),
    accreditation: buildAccreditation(factory, source),
    entryRequirement:
      definition.prerequisites === null
        ? undefined
        : node('Note', { noteLiteral: definition.prerequisites }),
    isPartOf:
      stacksInto.length === 0
        ? undefined
        : stacksInto.map(({ titles }) => node('Qualification', { title: titles })),
  })
}

const escoSkills = 'http://data.europa.eu/esco/concept-scheme/skills'

function buildOutcome({ node }: NodeFactory, outcome: LearningOutcome): ElmNode {
  const escoSkillsOfIt = outcome.skills.flatMap(({ escoUri, titles }) =>
    escoUri === null ? [] : [{ ...toConcept(escoSkills, escoUri, titles.en), prefLabel: titles }],
  )
  const others = outcome.skills.filter((skill) => skill.escoUri === null)
  return node('LearningOutcome', {
    title: outcome.titles,
    relatedESCOSkill: escoSkillsOfIt.length === 0 ? undefined : escoSkillsOfIt,
    // A skill nobody has looked up has no URI, and a concept without one says nothing: its name goes into a note.
    additionalNote:
      others.length === 0
        ? undefined
        : others.map(({ titles }) => node('Note', { noteLiteral: titles })),
  })
}

/** An xsd:duration; hours stay hours, because `P60M` would be sixty months. */
function toDuration(hours: string): string {
  const [whole = '0', fraction] = hours.split('.')
  if (fraction === undefined) return `PT${whole}H`
  // Only seconds may have a fraction.
  const minutes = Math.round(Number(`0.${fraction}`) * 60)
  return `PT${whole}H${minutes}M`
}
