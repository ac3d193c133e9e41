import { multiplyDecimals } from '../../domain/decimal.js'
import type { LocalisedText } from '../../domain/localised-text.js'
import type { CredentialSource, OrganisationProfile } from '../credential-source.js'
import {
  supervisionLabels,
  toAccreditationConcept,
  toAssessmentConcept,
  toEqfConcept,
  toIscedConcept,
  toModeConcept,
  toNqfConcept,
} from '../vocabulary/learning-concepts.js'

/**
 * A micro-credential as the JWT formats carry it: one shape for `vc+jwt`, SD-JWT VC and Open Badges, with the elements
 * of Annex I of Council Recommendation 2022/C 243/02 under names close to the WE BUILD micro-credential rulebook.
 */
export interface MicroCredentialClaims {
  /** Hub id of the award: the same in every format it is issued in. */
  readonly identifier: string
  readonly title: LocalisedText
  readonly summary: LocalisedText
  readonly issuerCountry: string
  readonly issuingBody: OrganisationClaim
  readonly awardingBody: OrganisationClaim
  /** By what right the issuing body seals for the awarding body. */
  readonly mandate: string
  /** ISO date the awarding body awarded on. */
  readonly awardedOn: string
  readonly learningOutcomes: readonly OutcomeClaim[]
  readonly notionalWorkload: { readonly ects: string; readonly hours?: string }
  readonly level?: LevelClaim
  readonly typeOfAssessment: CodedClaim
  readonly formOfParticipation: CodedClaim
  readonly qualityAssurance: QualityAssuranceClaim
  readonly fieldsOfStudy: readonly string[]
  readonly supervision: CodedClaim
  readonly stackability: 'STANDALONE' | 'INTEGRATED'
  readonly countsTowards?: readonly { readonly id: string; readonly title: LocalisedText }[]
  readonly entryRequirements?: LocalisedText
  readonly grade?: { readonly value: string; readonly scale: string }
}

export interface OrganisationClaim {
  readonly id: string
  readonly legalName: LocalisedText
  readonly country: string
}

export interface OutcomeClaim {
  readonly title: LocalisedText
  /** `id` is the ESCO URI; absent where nobody has looked it up. */
  readonly skills: readonly { readonly id?: string; readonly title: LocalisedText }[]
}

export interface CodedClaim {
  /** URI in a European list; absent where the list has no such value. */
  readonly id?: string
  readonly label: string
}

export interface LevelClaim {
  readonly eqfLevel: number
  readonly eqf: string
  /** URI and name of the level in the awarding member's national framework. */
  readonly nqf?: string
  readonly nqfLabel?: string
}

export interface QualityAssuranceClaim extends CodedClaim {
  readonly agency: string
  readonly agencyCountry: string
  /** A reference to an accreditation record. */
  readonly accreditation?: string
}

/** The claims about what was achieved; those about the learner travel beside them. */
export function buildMicroCredentialClaims(source: CredentialSource): MicroCredentialClaims {
  const { award, definition, jurisdiction, awardingBody, issuingBody } = source
  const hours = hoursOf(source)
  const level = levelOf(source)
  const mode = toModeConcept(definition.mode)
  const assessment = toAssessmentConcept(definition.assessmentType)
  const qualityAssurance = toAccreditationConcept(definition.qualityAssurance)
  return {
    identifier: award.id,
    title: definition.titles,
    summary: definition.descriptions,
    issuerCountry: issuingBody.countryCode,
    issuingBody: toOrganisationClaim(issuingBody),
    awardingBody: toOrganisationClaim(awardingBody),
    mandate: buildMandateStatement(source),
    awardedOn: award.awardedOn,
    learningOutcomes: award.learningOutcomes.map((outcome) => ({
      title: outcome.titles,
      skills: outcome.skills.map((skill) => ({
        ...(skill.escoUri !== null && { id: skill.escoUri }),
        title: skill.titles,
      })),
    })),
    notionalWorkload: { ects: award.ects, ...(hours !== null && { hours }) },
    ...(level !== null && { level }),
    typeOfAssessment: {
      ...(assessment !== null && { id: assessment.id }),
      label: definition.assessmentType,
    },
    formOfParticipation: { id: mode.id, label: mode.prefLabel.en ?? definition.mode },
    qualityAssurance: {
      id: qualityAssurance.id,
      label: qualityAssurance.prefLabel.en ?? definition.qualityAssurance,
      agency: jurisdiction?.qualityAssurance[0]?.name ?? awardingBody.legalNames.en,
      agencyCountry: awardingBody.countryCode,
      ...(award.accreditation !== null && { accreditation: award.accreditation }),
    },
    fieldsOfStudy: award.iscedF.map((code) => toIscedConcept(code).id),
    supervision: { label: supervisionLabels[award.supervision] },
    stackability: definition.stackability,
    ...(source.stacksInto.length > 0 && {
      countsTowards: source.stacksInto.map(({ id, titles }) => ({ id, title: titles })),
    }),
    ...(definition.prerequisites !== null && { entryRequirements: definition.prerequisites }),
    ...(award.grade !== null && { grade: award.grade }),
  }
}

/** By what right the issuing body seals: words for people and for the mandate evidence of the European formats. */
export function buildMandateStatement({ issuingBody, awardingBody }: CredentialSource): string {
  return (
    `Every claim in this credential is made by ${awardingBody.legalNames.en} as awarding body. ` +
    `${issuingBody.legalNames.en} issues and seals it on its behalf, by mandate of its members, ` +
    'and certifies its origin.'
  )
}

/** Hours of work by the jurisdiction's rule, exact; null where it is not known or a range. */
export function hoursOf({ award, jurisdiction }: CredentialSource): string | null {
  if (jurisdiction === null) return null
  const { minimumHoursPerEcts, maximumHoursPerEcts } = jurisdiction.workload
  if (minimumHoursPerEcts !== maximumHoursPerEcts) return null
  return multiplyDecimals(award.ects, minimumHoursPerEcts)
}

/** The level in the European and the national framework; null where the jurisdiction is not referenced to it. */
export function levelOf({ award, jurisdiction }: CredentialSource): LevelClaim | null {
  const { eqfLevel } = award
  if (eqfLevel === null) return null
  const national = jurisdiction?.frameworks
    .flatMap((framework) => framework.levels)
    .find((level) => level.eqfLevel === eqfLevel && level.uri !== null)
  return {
    eqfLevel,
    eqf: toEqfConcept(eqfLevel).id,
    ...(national?.uri && { nqf: toNqfConcept(national.uri, national.label).id }),
    ...(national?.uri && { nqfLabel: national.label }),
  }
}

function toOrganisationClaim(organisation: OrganisationProfile): OrganisationClaim {
  return {
    id: organisation.id,
    legalName: organisation.legalNames,
    country: organisation.countryCode,
  }
}
