import { creditFromNational } from '../domain/credit.js'
import type { MemberProfile } from '../domain/member-profile.js'
import { asList, asObject, asText, isObject, type LooseObject, own } from './loose-json.js'

/** Name of the extension object and of the OEAPI consumer. */
export const allianceKey = 'allianceHub'

/**
 * What the `allianceHub` extension says of an opportunity, in the hub's own shape. A key the extension does not give is
 * absent; whatever it gives is passed on for validation. README of this folder lists the keys.
 */
export function readAllianceExtension(
  extension: LooseObject,
  profile: MemberProfile,
): Readonly<Record<string, unknown>> {
  const draft: Record<string, unknown> = {}
  for (const key of ['challenge', 'partOf', 'topics', 'eqfLevel', 'nqfLevel', 'synthetic']) {
    const value = own(extension, key)
    if (value !== undefined) draft[key] = value
  }
  const kind = own(extension, 'kind')
  if (kind !== undefined) draft.kind = toKind(kind)
  const national = own(extension, 'nationalCredit')
  if (national !== undefined) Object.assign(draft, creditFromNational(national, profile))
  const assessments = own(extension, 'assessments')
  if (assessments !== undefined) draft.assessments = eachObject(assessments, toAssessment(profile))
  const outcomes = own(extension, 'learningOutcomes')
  if (outcomes !== undefined) draft.learningOutcomes = outcomes
  return draft
}

/** The hub's kind for a word such as `micro-module`; what is no known word is passed on in capitals. */
export function toKind(word: unknown): unknown {
  return typeof word === 'string'
    ? word
        .trim()
        .toUpperCase()
        .replaceAll(/[\s-]+/g, '_')
    : word
}

/** The extension of an OEAPI object: `ext.allianceHub`, or the consumer entry with that key. */
export function findAllianceExtension(body: LooseObject): LooseObject {
  const inExt = own(asObject(own(body, 'ext')), allianceKey)
  if (isObject(inExt)) return inExt
  const consumer = own(body, 'consumer')
  // The schema has one consumer object; services in the field also send a list of them.
  for (const entry of isObject(consumer) ? [consumer] : asList(consumer)) {
    if (asText(own(asObject(entry), 'consumerKey')) === allianceKey) return asObject(entry)
  }
  return {}
}

function toAssessment(profile: MemberProfile): (assessment: LooseObject) => unknown {
  // Left out means graded as usual; null says that there is no grade.
  return (assessment) => ({ gradingScale: profile.gradingScale, ...assessment })
}

function eachObject(value: unknown, convert: (item: LooseObject) => unknown): unknown {
  return Array.isArray(value) ? value.map((item) => (isObject(item) ? convert(item) : item)) : value
}
