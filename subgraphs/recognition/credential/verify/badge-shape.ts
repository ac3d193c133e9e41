import type { CheckPart, CheckReason } from './report.js'
import { holds, isJsonObject, type JsonObject, textOf, toList } from './strict-decoding.js'

/** `achievementType` of Open Badges 3.0, B.1.2; anything else begins with `ext:`. */
const achievementTypes: ReadonlySet<string> = new Set(
  (
    'Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge BachelorDegree ' +
    'Certificate CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree ' +
    'Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License ' +
    'Membership ProfessionalDoctorate QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ' +
    'ResearchDoctorate SecondarySchoolDiploma'
  ).split(' '),
)

/**
 * Checks what the data model of Open Badges 3.0 demands of an OpenBadgeCredential. The clauses are those of the
 * specification's section B.1; its JSON schema is not ours to copy.
 */
export function checkBadgeShape(badge: JsonObject): CheckPart {
  const reasons: CheckReason[] = []
  const demand = (isMet: boolean, property: string, clause: string) => {
    if (isMet) return
    const message = `Open Badges 3.0, ${clause}, demands it.`
    reasons.push({ code: 'BADGE_INVALID', message, property })
  }
  demand(
    toList(badge['@context']).some((entry) =>
      /purl\.imsglobal\.org\/spec\/ob\/v3p0/.test(textOf(entry) ?? ''),
    ),
    '@context',
    'B.1.1 AchievementCredential',
  )
  demand(isUri(badge.id), 'id', 'B.1.1 AchievementCredential')
  demand(isDateTime(badge.validFrom), 'validFrom', 'B.1.1 AchievementCredential')
  demand(badge.validUntil === undefined || isDateTime(badge.validUntil), 'validUntil', 'B.1.1')
  demand(badge.awardedDate === undefined || isDateTime(badge.awardedDate), 'awardedDate', 'B.1.1')
  demand(!Array.isArray(badge.credentialStatus), 'credentialStatus', 'B.1.1, at most one,')
  if (isJsonObject(badge.issuer)) {
    demand(isUri(badge.issuer.id), 'issuer.id', 'B.1.17 Profile')
    demand(hasType(badge.issuer, 'Profile'), 'issuer.type', 'B.1.17 Profile')
  }
  const subject = isJsonObject(badge.credentialSubject) ? badge.credentialSubject : {}
  demand(
    hasType(subject, 'AchievementSubject'),
    'credentialSubject.type',
    'B.1.4 AchievementSubject',
  )
  demand(
    isUri(subject.id) || toList(subject.identifier).length > 0,
    'credentialSubject.id',
    'B.1.4 AchievementSubject, id or identifier,',
  )
  const achievement = isJsonObject(subject.achievement) ? subject.achievement : {}
  const at = 'credentialSubject.achievement'
  demand(isUri(achievement.id), `${at}.id`, 'B.1.2 Achievement')
  demand(hasType(achievement, 'Achievement'), `${at}.type`, 'B.1.2 Achievement')
  demand(isText(achievement.name), `${at}.name`, 'B.1.2 Achievement')
  demand(isText(achievement.description), `${at}.description`, 'B.1.2 Achievement')
  const { criteria, achievementType } = achievement
  const hasCriteria = isJsonObject(criteria) && (isText(criteria.narrative) || isUri(criteria.id))
  demand(hasCriteria, `${at}.criteria`, 'B.1.2 Achievement')
  demand(
    achievementType === undefined || isAchievementType(achievementType),
    `${at}.achievementType`,
    'B.1.2 Achievement',
  )
  for (const alignment of toList(achievement.alignment)) {
    const isValid =
      isJsonObject(alignment) &&
      hasType(alignment, 'Alignment') &&
      isText(alignment.targetName) &&
      isUri(alignment.targetUrl)
    demand(isValid, `${at}.alignment`, 'B.1.5 Alignment')
  }
  for (const result of toList(subject.result)) {
    demand(
      isJsonObject(result) && hasType(result, 'Result'),
      'credentialSubject.result',
      'B.1.20 Result',
    )
  }
  if (reasons.length > 0) return { name: 'OPEN_BADGE', status: 'fail', reasons }
  const message = 'It has what Open Badges 3.0 demand.'
  return { name: 'OPEN_BADGE', status: 'pass', reasons: [{ code: 'BADGE_VALID', message }] }
}

function isAchievementType(value: unknown): boolean {
  return typeof value === 'string' && (achievementTypes.has(value) || /^ext:[\w.-]+$/.test(value))
}

function hasType(object: JsonObject, type: string): boolean {
  return holds(object.type, type)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isUri(value: unknown): boolean {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(textOf(value) ?? '')
}

function isDateTime(value: unknown): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(
    textOf(value) ?? '',
  )
}
