import { isLocalId } from '../../../schema/index.js'
import { creditFromEcts } from '../domain/credit.js'
import { toIscedField } from '../domain/isced-field.js'
import type { MemberProfile } from '../domain/member-profile.js'
import { allianceKey, readAllianceExtension, toKind } from './alliance-extension.js'
import { moochubText, toLanguagesDraft, toLocalisedDraft } from './localised-draft.js'
import { asList, asObject, asText, isObject, type LooseObject, own } from './loose-json.js'
import { toMoochubMode, toOfferingsFromMoochub } from './moochub-offering-mapping.js'
import { toMoochubHours } from './moochub-workload.js'
import { toPlainText } from './plain-text.js'

/**
 * A MOOChub v3 item in the shape of an `OpportunityRecord`, not yet validated.
 *
 * `localId` is the course code where it can stand in a hub id, else the item's id. The name and the description have no
 * language of their own: they count as written in the language of teaching when there is exactly one, else in the
 * member's first. A keyword that names a kind (`challenge`, `micro-module`) gives the kind. The extension
 * `attributes.allianceHub` wins over everything.
 */
export function toOpportunityFromMoochub(
  record: unknown,
  profile: MemberProfile,
): Readonly<Record<string, unknown>> {
  const item = asObject(record)
  const attributes = asObject(own(item, 'attributes'))
  const extension = asObject(own(attributes, allianceKey))
  const languages = toLanguagesDraft(own(attributes, 'inLanguage'), profile)
  const language = pickTextLanguage(languages, profile)
  const keywords = asList(own(attributes, 'keywords'))
  const code = asText(own(attributes, 'courseCode'))?.trim() ?? null
  const localId = code !== null && isLocalId(code) ? code : asText(own(item, 'id'))
  const mode = toMoochubMode(own(attributes, 'courseMode'))
  return {
    localId,
    kind: keywords.map(toKind).find(isKindWord) ?? 'COURSE',
    codes: code === null ? [] : [{ codeType: 'courseCode', code }],
    title: own(extension, 'title') ?? toText(own(attributes, 'name'), language),
    description: own(extension, 'description') ?? toText(own(attributes, 'description'), language),
    ...creditFromEcts(own(attributes, 'numberOfCredits'), profile),
    workloadHours: toMoochubHours(own(attributes, 'workload'), own(attributes, 'duration')),
    iscedF: toIscedFields(own(attributes, 'educationalAlignment')),
    learningOutcomes: toOutcomes(own(attributes, 'teaches'), profile),
    languages,
    mode,
    entryRequirements:
      own(extension, 'entryRequirements') ??
      toRequirements(own(attributes, 'competencyRequired'), profile),
    topics: keywords.filter((keyword) => !isKindWord(toKind(keyword))),
    homepage: own(attributes, 'url') ?? null,
    offerings: toOfferingsFromMoochub(attributes, { localId, mode, languages }, profile),
    ...readAllianceExtension(extension, profile),
  }
}

// COURSE is not among them: as a keyword it says nothing, and the default is the same.
function isKindWord(word: unknown): boolean {
  return (
    word === 'CHALLENGE' ||
    word === 'MICRO_MODULE' ||
    word === 'MODULE_GROUP' ||
    word === 'PROGRAMME'
  )
}

function pickTextLanguage(languages: unknown, profile: MemberProfile): string {
  const [first, ...others] = asList(languages)
  const fallback = profile.languages[0] ?? 'en'
  return typeof first === 'string' && others.length === 0 ? first : fallback
}

function toText(html: unknown, language: string): unknown {
  if (html === undefined || html === null) return {}
  if (typeof html !== 'string') return { [language]: html }
  const text = toPlainText(html)
  return text === '' ? {} : { [language]: text }
}

function toIscedFields(alignments: unknown): readonly unknown[] {
  const fields = asList(alignments)
    .filter(isObject)
    // OEFOS and BIRD are other classifications; their codes are no ISCED-F digits.
    .filter((it) => own(it, 'educationalFramework') === 'ISCED-F')
    .map((it) => asText(own(it, 'shortCode')) ?? asText(own(it, 'targetUrl')))
    .filter((it) => it !== null)
    .map(toIscedField)
  return [...new Set(fields)]
}

function toOutcomes(teaches: unknown, profile: MemberProfile): readonly unknown[] {
  return asList(teaches)
    .filter(isObject)
    .map((skill) => {
      const title = toLocalisedDraft(own(skill, 'name'), profile, moochubText)
      return { code: asText(own(skill, 'shortCode')), title, skills: toSkills(skill, title) }
    })
    .filter(({ title }) => !isObject(title) || Object.keys(title).length > 0)
}

function toSkills(skill: LooseObject, title: unknown): readonly unknown[] {
  const uri = asText(own(skill, 'targetUrl'))
  const isEsco = own(skill, 'educationalFramework') === 'ESCO' && uri !== null
  return isEsco ? [{ escoUri: uri, title }] : []
}

function toRequirements(required: unknown, profile: MemberProfile): unknown {
  const byLanguage = new Map<string, string[]>()
  const fallback = profile.languages[0] ?? 'en'
  for (const entry of asList(required).filter(isObject)) {
    const name = own(entry, 'name')
    const texts =
      typeof name === 'string'
        ? { [fallback]: name }
        : asObject(toLocalisedDraft(name, profile, moochubText))
    for (const [language, text] of Object.entries(texts)) {
      if (typeof text !== 'string') continue
      byLanguage.set(language, [...(byLanguage.get(language) ?? []), toPlainText(text)])
    }
  }
  return Object.fromEntries(
    [...byLanguage].map(([language, names]) => [language, names.join('; ')]),
  )
}
