import type { Award } from '../award.js'
import { compareDecimals } from '../decimal.js'
import type { Jurisdiction } from '../jurisdiction.js'
import type { MicroCredential } from '../micro-credential.js'
import { checkSize, type SizeCheck } from '../size-rule.js'
import { type AnnexElement, annexElements } from './annex-element.js'

export type ElementStatus = 'PRESENT' | 'MISSING' | 'NOT_APPLICABLE'

export interface ElementReport {
  readonly element: AnnexElement
  readonly status: ElementStatus
  /** Null when present. */
  readonly reason: ElementReason | null
}

export type ElementReason =
  /** Only an award has it; the definition alone is reported on. */
  | 'KNOWN_ONLY_WITH_AWARD'
  /** Empty where a value is asked for. */
  | 'NOT_GIVEN'
  | 'NO_TITLE_IN_ENGLISH'
  | 'OUTCOME_WITHOUT_TEXT'
  /** The jurisdiction has no framework referenced to the European one; a level is asked for "if applicable". */
  | 'NO_REFERENCED_FRAMEWORK'
  | 'NONE_NEEDED'
  | 'PASSED_WITHOUT_GRADE'

export interface CompletenessReport {
  /** All sixteen, in the order of Annex I. */
  readonly elements: readonly ElementReport[]
  /** No mandatory element is missing. */
  readonly isComplete: boolean
  readonly mandatoryMissing: readonly AnnexElement[]
  readonly optionalMissing: readonly AnnexElement[]
  /** More than 0 credits. Without any it still certifies, and counts 0 when stacked. */
  readonly isCreditBearing: boolean
  readonly stackability: MicroCredential['stackability']
  /** Against the size rule of the jurisdiction: ok, a warning, or a refusal. */
  readonly size: SizeCheck
}

/** What else is known when one is awarded to somebody. */
export interface AwardedFacts {
  readonly award: Pick<Award, 'awardedOn' | 'grade'>
  /** Whether the wallet or transcript can identify the learner; who it is plays no part here. */
  readonly isLearnerIdentified: boolean
  /** Homepage, supplementary document or note. */
  readonly furtherInformation: string | null
}

/**
 * Reports each element of Annex I of the European approach to micro-credentials: whether a definition, with what is
 * known of an award, has it. Mandatory elements can go missing without any schema noticing.
 *
 * @see Council Recommendation of 16 June 2022 (2022/C 243/02), Annex I.
 */
export function reportCompleteness(
  definition: MicroCredential,
  jurisdiction: Pick<Jurisdiction, 'frameworks' | 'sizeRule'>,
  awarded: AwardedFacts | null,
): CompletenessReport {
  const elements = annexElements.map((element): ElementReport => {
    const reason = findReason(element, { definition, jurisdiction, awarded })
    return { element, status: toStatus(reason), reason }
  })
  const missing = (isMandatory: boolean) =>
    elements.flatMap(({ element, status }) =>
      status === 'MISSING' && element.isMandatory === isMandatory ? [element] : [],
    )
  return {
    elements,
    isComplete: missing(true).length === 0,
    mandatoryMissing: missing(true),
    optionalMissing: missing(false),
    isCreditBearing: compareDecimals(definition.ects, '0') > 0,
    stackability: definition.stackability,
    size: checkSize(definition.ects, jurisdiction.sizeRule),
  }
}

interface Known {
  readonly definition: MicroCredential
  readonly jurisdiction: Pick<Jurisdiction, 'frameworks'>
  readonly awarded: AwardedFacts | null
}

function findReason(
  { key }: AnnexElement,
  { definition, jurisdiction, awarded }: Known,
): ElementReason | null {
  const ifGiven = (isGiven: boolean): ElementReason | null => (isGiven ? null : 'NOT_GIVEN')
  switch (key) {
    case 'LEARNER':
      if (awarded === null) return 'KNOWN_ONLY_WITH_AWARD'
      return ifGiven(awarded.isLearnerIdentified)
    case 'TITLE':
      return definition.titles.en.trim() === '' ? 'NO_TITLE_IN_ENGLISH' : null
    case 'COUNTRY_OF_ISSUER':
      return ifGiven(definition.jurisdictionCode !== '')
    case 'AWARDING_BODY':
      return ifGiven(definition.awardingMember !== '')
    case 'DATE_OF_ISSUING':
      if (awarded === null) return 'KNOWN_ONLY_WITH_AWARD'
      return ifGiven(awarded.award.awardedOn !== '')
    case 'LEARNING_OUTCOMES':
      if (definition.learningOutcomes.length === 0) return 'NOT_GIVEN'
      return definition.learningOutcomes.some(({ titles }) => titles.en.trim() === '')
        ? 'OUTCOME_WITHOUT_TEXT'
        : null
    case 'WORKLOAD':
      // Credits stand for workload; what bears none has no workload stated anywhere else.
      return ifGiven(compareDecimals(definition.ects, '0') > 0)
    case 'LEVEL':
      if (definition.eqfLevel !== null) return null
      return jurisdiction.frameworks.length === 0 ? 'NO_REFERENCED_FRAMEWORK' : 'NOT_GIVEN'
    case 'ASSESSMENT':
      return ifGiven(definition.assessmentType.trim() !== '')
    case 'PARTICIPATION':
      return ifGiven(Boolean(definition.mode))
    case 'QUALITY_ASSURANCE':
      return ifGiven(Boolean(definition.qualityAssurance))
    case 'PREREQUISITES':
      return definition.prerequisites === null ? 'NONE_NEEDED' : null
    case 'SUPERVISION':
      return ifGiven(Boolean(definition.supervision))
    case 'GRADE':
      if (awarded === null) return 'KNOWN_ONLY_WITH_AWARD'
      return awarded.award.grade === null ? 'PASSED_WITHOUT_GRADE' : null
    case 'STACKABILITY':
      return ifGiven(Boolean(definition.stackability))
    case 'FURTHER_INFORMATION':
      return ifGiven(
        Boolean(awarded?.furtherInformation?.trim() || definition.descriptions.en.trim()),
      )
  }
}

function toStatus(reason: ElementReason | null): ElementStatus {
  switch (reason) {
    case null:
      return 'PRESENT'
    case 'NOT_GIVEN':
    case 'NO_TITLE_IN_ENGLISH':
    case 'OUTCOME_WITHOUT_TEXT':
      return 'MISSING'
    case 'KNOWN_ONLY_WITH_AWARD':
    case 'NO_REFERENCED_FRAMEWORK':
    case 'NONE_NEEDED':
    case 'PASSED_WITHOUT_GRADE':
      return 'NOT_APPLICABLE'
  }
}
