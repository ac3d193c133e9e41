/** Where a member's records come from. A source reads and splits; it does not judge. */
export interface CatalogueSource {
  /** Name for reports, e.g. `oeapi data/oeapi.json`. */
  readonly name: string
  /**
   * The source's records, one per opportunity, as the source has them.
   *
   * @throws HubError `SOURCE_UNREADABLE` when the file or endpoint as a whole cannot be read.
   */
  read(signal: AbortSignal): Promise<readonly unknown[]>
}

/**
 * Turns one of the member's own records into the shape of an `OpportunityRecord`. Pure.
 * What it returns is checked afterwards, so it may pass on what it cannot read; a throw rejects that record only.
 */
export type CatalogueAdapter = (record: unknown) => unknown
