import type { StatusReference } from '../credential-source.js'

/** What a bit that is set means. A revoked credential never comes back; a suspended one may. */
export const statusPurposes = ['revocation', 'suspension'] as const
export type StatusPurpose = (typeof statusPurposes)[number]

/** Path the lists of statuses are served below. */
export const statusPath = '/credentials/status'

/** URL of the list of one purpose. */
export function toStatusListUrl(list: string, purpose: StatusPurpose): string {
  return `${list}/${purpose}`
}

/**
 * The entries a credential refers to its bits with, one per purpose.
 *
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry
 */
export function buildStatusEntries(status: StatusReference): readonly object[] {
  return statusPurposes.map((purpose) => buildEntry(status, purpose))
}

/** The entry for revocation alone, for formats that allow one. */
export function buildRevocationEntry(status: StatusReference): object {
  return buildEntry(status, 'revocation')
}

function buildEntry({ list, index }: StatusReference, purpose: StatusPurpose): object {
  return {
    id: `${toStatusListUrl(list, purpose)}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: toStatusListUrl(list, purpose),
  }
}
