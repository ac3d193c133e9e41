import type { EntityManager } from '@mikro-orm/postgresql'
import type { MemberRegister, RegisteredMember } from '../../../../schema/index.js'
import type { Award } from '../../domain/award.js'
import type { LocalisedText } from '../../domain/localised-text.js'
import type { IssuingBody } from '../../domain/micro-credential.js'
import { createRecognitionStore } from '../../store/recognition.store.js'
import type {
  CredentialSource,
  LearnerIdentity,
  OrganisationProfile,
} from '../credential-source.js'

/** Gathers what the credential of an award says; null when its definition or its member is gone. */
export type BuildCredentialSource = (
  em: EntityManager,
  award: Award,
  learner: LearnerIdentity,
) => Promise<CredentialSource | null>

/** Pathways a credential names as what it counts towards. */
const maxPathways = 10

/** Builds sources from the reference data and the member register. */
export function createSourceBuilder(
  register: MemberRegister,
  issuingBody: OrganisationProfile,
): BuildCredentialSource {
  // The same objects for every award: what is made of them once can be found again by them.
  const awardingBodies = new Map(
    register.members.map((member) => [member.slug, toAwardingBody(member)]),
  )
  // While a transaction lasts, reference data stay as they are: a cohort reads its definition once.
  const known = new WeakMap<EntityManager, Map<string, Promise<Reference | null>>>()
  return async (em, award, learner) => {
    const awardingBody = awardingBodies.get(award.awardingMember)
    if (awardingBody === undefined) return null
    const read = known.get(em) ?? new Map<string, Promise<Reference | null>>()
    known.set(em, read)
    const key = [award.microCredentialId, award.jurisdictionCode, award.opportunityId].join(' ')
    const reading = read.get(key) ?? readReference(em, award)
    read.set(key, reading)
    const reference = await reading
    return reference && { ...reference, award, awardingBody, issuingBody, learner }
  }
}

type Reference = Pick<CredentialSource, 'definition' | 'jurisdiction' | 'stacksInto'>

/** What an award's credential says that is not the award's own; null when its definition is gone. */
async function readReference(em: EntityManager, award: Award): Promise<Reference | null> {
  const store = createRecognitionStore(em)
  const [definitions, jurisdictions, pathways] = await Promise.all([
    store.findMicroCredentials([award.microCredentialId]),
    store.findJurisdictions([award.jurisdictionCode]),
    store.findPathwaysByOpportunity([award.opportunityId], { size: maxPathways } as never),
  ])
  const definition = definitions.get(award.microCredentialId)
  if (definition === undefined) return null
  const page = pathways.get(award.opportunityId)
  return {
    definition,
    jurisdiction: jurisdictions.get(award.jurisdictionCode) ?? null,
    stacksInto: (page?.edges ?? []).map(({ node }) => ({ id: node.id, titles: node.titles })),
  }
}

/** A member as an awarding body. */
export function toAwardingBody(member: RegisteredMember): OrganisationProfile {
  return {
    id: member.ror ?? member.homepage ?? `urn:alliance:member:${member.slug}`,
    legalNames: member.names as LocalisedText,
    countryCode: member.countryCode,
    homepage: member.homepage,
  }
}

/** The alliance's foundation as an issuing body. */
export function toIssuingBodyProfile(body: IssuingBody): OrganisationProfile {
  return {
    id: body.homepage ?? 'urn:alliance:issuing-body',
    legalNames: { en: body.name },
    countryCode: body.countryCode,
    homepage: body.homepage,
  }
}
