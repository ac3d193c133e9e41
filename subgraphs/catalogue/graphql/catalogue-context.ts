import type { Principal } from '../../../schema/index.js'
import type { SqlQuery } from '../store/catalogue-database.js'
import { type CatalogueReader, createCatalogueReader } from '../store/catalogue-reader.js'
import { listSearchConfigurations } from '../store/search-language.js'
import { type CatalogueLoaders, createCatalogueLoaders } from './catalogue-loaders.js'
import type { CatalogueMember } from './catalogue-member.js'

/** What resolvers get: one per request. The schema is the same for every member; the context says which one it is. */
export interface CatalogueContext {
  readonly member: CatalogueMember
  readonly reader: CatalogueReader
  readonly loaders: CatalogueLoaders
  /** One moment for the whole request, so that `isOpen` cannot change half-way through an answer. */
  readonly now: Date
  /** Who asks. The hub asks for public data as nobody in particular, so a member mostly sees the anonymous one. */
  readonly principal: Principal
}

/** A fresh context for one request. */
export function createCatalogueContext(
  member: CatalogueMember,
  query: SqlQuery,
  now: Date,
  principal: Principal,
): CatalogueContext {
  const { slug, jurisdictionCode } = member.institution
  const reader = createCatalogueReader(query, {
    slug,
    jurisdiction: jurisdictionCode,
    timeZone: member.timeZone,
    configurations: listSearchConfigurations(member.languages),
    now,
  })
  return { member, reader, loaders: createCatalogueLoaders(reader, slug), now, principal }
}
