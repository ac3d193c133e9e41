import { type CredentialSource, type Issuance, toCredentialUrn } from '../credential-source.js'
import { microCredentialContextUrl } from '../json-ld/micro-credential-context.js'
import type { IssuerIdentity } from '../keys/issuer-identity.js'
import { buildRevocationEntry } from '../status/status-entry.js'
import { learnerClaims, toDidJwk, vcContextUrl } from './build-vc.js'
import { toInstant } from './compact-jws.js'
import { buildMicroCredentialClaims } from './micro-credential-claims.js'

export const openBadgesContextUrl = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

/**
 * A micro-credential as an OpenBadgeCredential, unsecured. The badge's issuer is the issuing body, the achievement's
 * creator the awarding body. What Open Badges has no field for stands complete in `microCredential`.
 *
 * @see Open Badges Specification 3.0, B.1 Credentials.
 */
export function buildOpenBadge(
  source: CredentialSource,
  issuance: Issuance,
  issuer: IssuerIdentity,
): Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly credentialSubject: { id: string }
} {
  const { definition } = source
  const id = toCredentialUrn(issuance.id)
  return {
    '@context': [vcContextUrl, openBadgesContextUrl, microCredentialContextUrl(issuer)],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: definition.titles.en,
    issuer: {
      id: issuer.url,
      type: ['Profile'],
      name: issuer.profile.legalNames.en,
      ...(issuer.profile.homepage !== null && { url: issuer.profile.homepage }),
    },
    validFrom: toInstant(issuance.issuedAt),
    ...(issuance.validUntil !== null && { validUntil: toInstant(issuance.validUntil) }),
    awardedDate: `${source.award.awardedOn}T00:00:00Z`,
    // One entry only (B.1.7 credentialStatus [0..1]); whoever trusts us finds the suspensions beside the revocations.
    ...(issuance.status !== null && { credentialStatus: buildRevocationEntry(issuance.status) }),
    ...(issuance.supersedes !== null && { supersedes: toCredentialUrn(issuance.supersedes) }),
    credentialSubject: buildSubject(source, issuance, id),
  }
}

function buildSubject(source: CredentialSource, issuance: Issuance, id: string): { id: string } {
  const { award, learner } = source
  return {
    // The JWT's `sub` has to equal it, so without a holder's key the subject is named within this credential.
    id: issuance.holderKey === null ? `${id}#learner` : toDidJwk(issuance.holderKey),
    type: ['AchievementSubject'],
    ...learnerClaims(learner),
    creditsEarned: Number(award.ects),
    achievement: buildAchievement(source, id),
    ...(award.grade !== null && {
      result: [
        {
          type: ['Result'],
          resultDescription: `${id}#grade`,
          value: award.grade.value,
        },
      ],
    }),
    microCredential: { type: 'MicroCredential', ...buildMicroCredentialClaims(source) },
  } as { id: string }
}

function buildAchievement(source: CredentialSource, id: string): object {
  const { award, definition, awardingBody } = source
  const outcomes = award.learningOutcomes.map(({ titles }) => `- ${titles.en}`).join('\n')
  const alignment = award.learningOutcomes
    .flatMap((outcome) => outcome.skills)
    .filter((skill) => skill.escoUri !== null)
    .map((skill) => ({
      type: ['Alignment'],
      targetFramework: 'ESCO',
      targetName: skill.titles.en,
      targetUrl: skill.escoUri,
      targetType: 'ext:ESCOSkill',
    }))
  return {
    id: `${id}#achievement`,
    type: ['Achievement'],
    achievementType: 'MicroCredential',
    name: definition.titles.en,
    description: definition.descriptions.en,
    criteria: { narrative: `${definition.assessmentType}. Learning outcomes:\n${outcomes}` },
    humanCode: award.microCredentialId,
    creditsAvailable: Number(definition.ects),
    creator: {
      id: awardingBody.id,
      type: ['Profile'],
      name: awardingBody.legalNames.en,
      ...(awardingBody.homepage !== null && { url: awardingBody.homepage }),
    },
    ...(award.iscedF[0] !== undefined && { fieldOfStudy: award.iscedF[0] }),
    ...(alignment.length > 0 && { alignment }),
    ...(award.grade !== null && {
      resultDescription: [
        {
          id: `${id}#grade`,
          type: ['ResultDescription'],
          name: award.grade.scale,
          resultType: 'Result',
        },
      ],
    }),
  }
}
