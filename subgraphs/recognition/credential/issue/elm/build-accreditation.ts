import type { CredentialSource } from '../../credential-source.js'
import { toAccreditationConcept } from '../../vocabulary/learning-concepts.js'
import { buildOrganisation } from './build-organisation.js'
import type { ElmNode, NodeFactory } from './node-factory.js'

/** The quality assurance behind the micro-credential, with the reference of an accreditation record when there is one. */
export function buildAccreditation(
  factory: NodeFactory,
  { award, definition, jurisdiction, awardingBody }: CredentialSource,
): ElmNode {
  const type = toAccreditationConcept(definition.qualityAssurance)
  const agency = jurisdiction?.qualityAssurance[0]?.name ?? awardingBody.legalNames.en
  return factory.node('Accreditation', {
    title: type.prefLabel,
    dcType: type,
    accreditingAgent: buildOrganisation(factory, {
      id: agency,
      legalNames: { en: agency },
      countryCode: awardingBody.countryCode,
      homepage: null,
    }),
    identifier:
      award.accreditation === null
        ? undefined
        : factory.node('Identifier', { notation: award.accreditation }),
  })
}
