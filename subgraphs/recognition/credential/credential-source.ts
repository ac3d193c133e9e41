import type { JWK } from 'jose'
import type { CredentialId } from '../../../schema/index.js'
import type { Award } from '../domain/award.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LocalisedText } from '../domain/localised-text.js'
import type { MicroCredential } from '../domain/micro-credential.js'

/** Formats a micro-credential is issued in. `vc+sd-jwt`, the older name of `dc+sd-jwt`, is only accepted. */
export const credentialFormats = ['elm+jades', 'vc+jwt', 'dc+sd-jwt', 'openbadge+jwt'] as const
export type CredentialFormat = (typeof credentialFormats)[number]

/** Everything a credential says, before anybody has sealed it. */
export interface CredentialSource {
  readonly award: Award
  /** The definition behind the award: titles, assessment, participation, quality assurance. */
  readonly definition: MicroCredential
  /** Of the awarding member; null when its rules are not in the reference data. */
  readonly jurisdiction: Jurisdiction | null
  readonly awardingBody: OrganisationProfile
  /** The foundation: it issues and seals on behalf of the awarding body and is another legal person. */
  readonly issuingBody: OrganisationProfile
  readonly learner: LearnerIdentity
  /** Credentials it counts towards; empty for what stands alone. */
  readonly stacksInto: readonly { readonly id: string; readonly titles: LocalisedText }[]
}

export interface OrganisationProfile {
  /** A URI that stays the same: ROR, a homepage. */
  readonly id: string
  readonly legalNames: LocalisedText
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string
  readonly homepage: string | null
}

/** Who has earned it, as the awarding member's registrar attested. Personal data. */
export interface LearnerIdentity {
  readonly givenName: string
  readonly familyName: string
  /** ISO date. */
  readonly dateOfBirth: string | null
}

/** What differs from one document to the next for the same award. */
export interface Issuance {
  readonly id: CredentialId
  readonly issuedAt: Date
  /** End of the document's technical validity; what was achieved does not lapse. Null: none. */
  readonly validUntil: Date | null
  readonly status: StatusReference | null
  /** The credential this one takes the place of. */
  readonly supersedes: CredentialId | null
  /** The holder's public key, which a presentation must prove possession of; only wallets have one. */
  readonly holderKey: JWK | null
}

/** A place in the status lists: the same index in the list of revocations and in that of suspensions. */
export interface StatusReference {
  /** URL of the pair of lists, without `/revocation` or `/suspension`. */
  readonly list: string
  /** 0 is the leftmost bit. */
  readonly index: number
}

/** A URN for the document, from its hub id. */
export function toCredentialUrn(id: CredentialId): string {
  return `urn:uuid:${id.slice(id.lastIndexOf(':') + 1)}`
}
