import type { CatalogueAdapter, CatalogueSource } from '../intake/catalogue-source.js'
import type { MemberProfile } from './member-profile.js'

/** Everything a member folder contributes: who it is, where its records come from and how to read them. */
export interface MemberDefinition {
  readonly profile: MemberProfile
  readonly adapter: CatalogueAdapter
  /** Opens the member's source; `dataDirectory` is the member folder's `data/`. */
  readonly openSource: (dataDirectory: string) => CatalogueSource
  /**
   * For synthetic sample data only: the year in which the academic year of its dates begins. Dates are moved by whole
   * years, so that the sample always shows the current academic year and the next.
   */
  readonly sampleAcademicYear?: number
}
