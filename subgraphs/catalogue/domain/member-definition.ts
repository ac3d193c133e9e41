import type { CatalogueAdapter, CatalogueSource } from '../intake/catalogue-source.js'
import type { MemberProfile } from './member-profile.js'

/** Everything a member folder contributes: who it is, where its records come from and how to read them. */
export interface MemberDefinition {
  readonly profile: MemberProfile
  readonly adapter: CatalogueAdapter
  /** Opens the member's source; `dataDirectory` is the member folder's `data/`. */
  readonly openSource: (dataDirectory: string) => CatalogueSource
}
