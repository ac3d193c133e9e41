import type { OpportunityRecord } from '../domain/catalogue-record.js'

/** The store as the sync sees it. One call to `apply` is one transaction: all of it lands or none. */
export interface CatalogueWriter {
  /** Content digests by local id of everything that is in the catalogue now. */
  readDigests(): Promise<ReadonlyMap<string, string>>
  apply(change: CatalogueChange): Promise<void>
}

export interface CatalogueChange {
  /** New or changed opportunities, each with the digest of its content. */
  readonly put: readonly { readonly record: OpportunityRecord; readonly digest: string }[]
  /** Local ids that are no longer in the source. */
  readonly withdraw: readonly string[]
}
