import { vcContextUrl } from '../issue/build-vc.js'
import { signCompactJws, toInstant } from '../issue/compact-jws.js'
import { type IssuerIdentity, toDidKeyId } from '../keys/issuer-identity.js'
import type { Signer } from '../keys/signer.js'
import { encodeBitstring } from './bitstring.js'
import type { StatusPurpose } from './status-entry.js'

/** How long a verifier may keep a list. */
export const statusListTtlSeconds = 300
/** A signed list is made anew after this time, so that an old one cannot be shown for ever. */
export const statusListLifetimeSeconds = 86_400

/**
 * A list of statuses as a signed credential (`vc+jwt`).
 *
 * @param url - Where it is served, which is also its id.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential
 */
export function signStatusList(
  list: { readonly url: string; readonly purpose: StatusPurpose; readonly bits: Uint8Array },
  issuer: IssuerIdentity,
  signer: Signer,
  at: Date,
): Promise<string> {
  const header = {
    alg: signer.algorithm,
    typ: 'vc+jwt',
    cty: 'vc',
    kid: toDidKeyId(issuer, signer.keyId),
  }
  return signCompactJws(header, buildStatusListCredential(list, issuer, at), signer)
}

/** The list's credential, unsigned. */
export function buildStatusListCredential(
  { url, purpose, bits }: { url: string; purpose: StatusPurpose; bits: Uint8Array },
  issuer: IssuerIdentity,
  at: Date,
): object {
  return {
    '@context': [vcContextUrl],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.did,
    validFrom: toInstant(at),
    validUntil: toInstant(new Date(at.getTime() + statusListLifetimeSeconds * 1000)),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      ttl: statusListTtlSeconds * 1000,
      encodedList: encodeBitstring(bits),
    },
  }
}
