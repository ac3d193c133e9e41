import { type RegisteredMember, toGlobalId } from '../../../schema/index.js'
import type { Institution } from '../domain/catalogue-view.js'
import type { MemberProfile } from '../domain/member-profile.js'

/** What resolvers know of the member they answer for. */
export interface CatalogueMember {
  readonly institution: Institution
  /** Texts fall back to these after English. */
  readonly languages: readonly string[]
  readonly timeZone: string
}

/** The member from its entry in the register and its own profile. */
export function toCatalogueMember(
  registered: RegisteredMember,
  profile: MemberProfile,
): CatalogueMember {
  return {
    institution: {
      id: toGlobalId(registered.slug, 'institution', registered.slug),
      slug: registered.slug,
      names: registered.names,
      countryCode: registered.countryCode,
      jurisdictionCode: registered.jurisdiction,
      city: registered.city,
      languages: registered.languages,
      homepage: registered.homepage,
    },
    languages: profile.languages,
    timeZone: profile.timeZone,
  }
}
