import type { OrganisationProfile } from '../../credential-source.js'
import { toCountryConcept } from '../../vocabulary/authority-concepts.js'
import type { ElmNode, NodeFactory } from './node-factory.js'

/** An organisation with its name, its country and, for an issuer, its legal identifier. */
export function buildOrganisation(
  { node }: NodeFactory,
  organisation: OrganisationProfile,
  eidasIdentifier?: string,
): ElmNode {
  const country = toCountryConcept(organisation.countryCode)
  return node('Organisation', {
    legalName: organisation.legalNames,
    eIDASIdentifier:
      eidasIdentifier && node('LegalIdentifier', { notation: eidasIdentifier, spatial: country }),
    location: node('Location', { address: node('Address', { countryCode: country }) }),
    homepage:
      organisation.homepage === null
        ? undefined
        : node('WebResource', { contentURL: organisation.homepage }),
  })
}
