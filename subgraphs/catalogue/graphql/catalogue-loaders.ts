import DataLoader from 'dataloader'
import { type EntityKind, parseGlobalId } from '../../../schema/index.js'
import type { Offering, Opportunity } from '../domain/catalogue-view.js'
import type { Page, PageArguments } from '../domain/page.js'
import type { CatalogueReader } from '../store/catalogue-reader.js'

/** Batched reads of one request: each edge of a list costs one statement for the whole list. */
export interface CatalogueLoaders {
  /** By id; null for what does not exist or belongs to another member. */
  readonly offering: DataLoader<string, Offering | null>
  readonly opportunity: DataLoader<string, Opportunity | null>
  /** The parts of an opportunity. */
  readonly parts: DataLoader<string, readonly Opportunity[]>
  readonly countRuns: DataLoader<string, number>
  /** The loader of one and the same page of every opportunity's runs. */
  runs(page: Pick<PageArguments, 'first' | 'after'>): DataLoader<string, Page<Offering>>
}

const noRuns: Page<Offering> = { edges: [], hasNextPage: false, hasPreviousPage: false }

/** Loaders for one request to the member `slug`; never shared between requests. */
export function createCatalogueLoaders(reader: CatalogueReader, slug: string): CatalogueLoaders {
  const runsByPage = new Map<string, DataLoader<string, Page<Offering>>>()
  return {
    offering: createLoader((ids) => reader.findOfferings(ownIds(ids, slug, 'offering')), null),
    opportunity: createLoader(
      (ids) => reader.findOpportunities(ownIds(ids, slug, 'opportunity')),
      null,
    ),
    parts: createLoader((ids) => reader.findParts(ids), []),
    countRuns: createLoader((ids) => reader.countRuns(ids), 0),
    runs: (page) => {
      const key = JSON.stringify([page.first, page.after])
      const known = runsByPage.get(key)
      if (known) return known
      const loader = createLoader((ids) => reader.pageRuns(ids, page), noRuns)
      runsByPage.set(key, loader)
      return loader
    },
  }
}

function createLoader<Value, Missing>(
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  missing: Missing,
): DataLoader<string, Value | Missing> {
  return new DataLoader(async (ids) => {
    const found = await read(ids)
    return ids.map((id) => found.get(id) ?? missing)
  })
}

/** Ids come from clients and from other members' data; the database only sees well-formed ones of our own. */
function ownIds(ids: readonly string[], slug: string, kind: EntityKind): readonly string[] {
  return ids.filter((id) => {
    const parsed = parseGlobalId(id)
    return parsed?.member === slug && parsed.kind === kind
  })
}
