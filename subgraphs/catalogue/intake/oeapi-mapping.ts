import { toIscedField } from '../domain/isced-field.js'
import type { MemberProfile } from '../domain/member-profile.js'
import { findAllianceExtension, readAllianceExtension } from './alliance-extension.js'
import { oeapiText, toLanguagesDraft, toLocalisedDraft } from './localised-draft.js'
import { asList, asObject, asText, isObject, type LooseObject, own } from './loose-json.js'
import { toOeapiCodes, toOeapiId } from './oeapi-identity.js'
import { toModeOfDelivery } from './oeapi-mode.js'
import { toOfferingFromOeapi } from './oeapi-offering-mapping.js'
import { readStudyLoad } from './oeapi-study-load.js'

/**
 * An OEAPI v6 course with its offerings in the shape of an `OpportunityRecord`, not yet validated.
 *
 * `localId` is the primary code where it can stand in a hub id, else the UUID. `level` gives the EQF level of its cycle
 * (bachelor 6, master 7, doctorate 8). The extension `allianceHub` adds what OEAPI has no field for and wins over it.
 */
export function toOpportunityFromOeapi(
  record: unknown,
  profile: MemberProfile,
): Readonly<Record<string, unknown>> {
  const course = asObject(own(asObject(record), 'course'))
  const extension = findAllianceExtension(course)
  const languages = toLanguagesDraft(own(course, 'teachingLanguages'), profile)
  const mode = toModeOfDelivery(own(course, 'modesOfDelivery'))
  const title = toLocalisedDraft(own(course, 'name'), profile, oeapiText)
  const inherited = {
    title,
    languages,
    mode,
    awardingBody: own(extension, 'awardingBody') ?? null,
  }
  return {
    localId: toOeapiId(course, 'courseId'),
    kind: 'COURSE',
    codes: toOeapiCodes(course),
    title,
    description: toLocalisedDraft(own(course, 'description'), profile, oeapiText),
    ...readStudyLoad(own(course, 'studyLoad'), profile),
    eqfLevel: toEqfLevel(own(course, 'level')),
    iscedF: toIscedFields(own(course, 'fieldsOfStudy')),
    learningOutcomes: asList(own(course, 'learningOutcomes'))
      .filter(isObject)
      .map((outcome) => toOutcome(outcome, profile)),
    languages,
    mode,
    entryRequirements: toEntryRequirements(course, profile),
    assessments: toAssessments(own(course, 'assessment'), profile),
    homepage: own(course, 'link') ?? null,
    offerings: asList(own(asObject(record), 'offerings')).map((offering) =>
      toOfferingFromOeapi(offering, inherited, profile),
    ),
    ...readAllianceExtension(extension, profile),
  }
}

const eqfLevels: Readonly<Record<string, number>> = {
  secondary_vocational_education_1: 1,
  secondary_vocational_education_2: 2,
  secondary_vocational_education_3: 3,
  secondary_vocational_education_4: 4,
  associate_degree: 5,
  bachelor: 6,
  master: 7,
  doctoral: 8,
}

// The other levels of OEAPI (undivided, pre-vocational, …) have no one place in the EQF.
function toEqfLevel(level: unknown): number | null {
  return typeof level === 'string' && Object.hasOwn(eqfLevels, level)
    ? (eqfLevels[level] ?? null)
    : null
}

function toIscedFields(field: unknown): unknown {
  if (field === undefined || field === null) return []
  return [typeof field === 'string' ? toIscedField(field) : field]
}

function toOutcome(outcome: LooseObject, profile: MemberProfile): unknown {
  const title = toLocalisedDraft(own(outcome, 'name'), profile, oeapiText)
  const extension = findAllianceExtension(outcome)
  return {
    code: asText(own(asObject(own(outcome, 'primaryCode')), 'code')),
    title,
    skills: own(extension, 'skills') ?? [],
  }
}

// Two OEAPI fields say who may come: who is admitted, and what one must have. Both stand in one text, in this order.
function toEntryRequirements(course: LooseObject, profile: MemberProfile): unknown {
  const admission = toLocalisedDraft(own(course, 'admissionRequirements'), profile, oeapiText)
  const qualification = toLocalisedDraft(
    own(course, 'qualificationRequirements'),
    profile,
    oeapiText,
  )
  if (!isObject(admission)) return admission
  if (!isObject(qualification)) return qualification
  const joined = new Map(Object.entries(admission))
  for (const [language, text] of Object.entries(qualification)) {
    const first = joined.get(language)
    const both =
      typeof first === 'string' && typeof text === 'string' ? `${first}\n\n${text}` : text
    joined.set(language, both)
  }
  return Object.fromEntries(joined)
}

// OEAPI describes the assessment in prose only, so its type is unspecified unless the extension names it.
function toAssessments(assessment: unknown, profile: MemberProfile): unknown {
  const description = toLocalisedDraft(assessment, profile, oeapiText)
  if (!isObject(description)) return [{ type: 'unspecified', description }]
  if (Object.keys(description).length === 0) return []
  return [{ type: 'unspecified', description, gradingScale: profile.gradingScale }]
}
