import type { EntityManager } from '@mikro-orm/postgresql'
import { HubError } from '../../../schema/index.js'
import type { CatalogueChange, CatalogueWriter } from '../intake/catalogue-writer.js'
import type { CatalogueDatabase } from './catalogue-database.js'
import { type RowOwner, toOfferingRow, toOpportunityRow } from './catalogue-rows.js'
import { isUnavailable } from './database-failure.js'
import { OfferingEntity } from './offering.entity.js'
import { OpportunityEntity } from './opportunity.entity.js'

/** Rows per insert statement: large enough to be quick, small enough for a statement of a few megabytes. */
const chunkSize = 200

/**
 * A member's catalogue as the sync writes it.
 *
 * Both methods throw HubError `DATABASE_UNAVAILABLE` when the database does not answer.
 */
export function createPostgresWriter(
  database: CatalogueDatabase,
  owner: RowOwner,
): CatalogueWriter {
  return {
    readDigests: async () => {
      const rows = await database.query<{ local_id: string; digest: string }>(
        'select local_id, digest from opportunity',
        [],
      )
      return new Map(rows.map(({ local_id, digest }) => [local_id, digest]))
    },
    apply: async (change) => {
      try {
        await database.fork().transactional((em) => applyChange(em, change, owner))
      } catch (cause) {
        throw isUnavailable(cause)
          ? new HubError('DATABASE_UNAVAILABLE', { member: owner.slug, cause })
          : cause
      }
    },
  }
}

/** A changed opportunity is written anew with all its runs; deleting it takes its old runs along. */
async function applyChange(
  em: EntityManager,
  change: CatalogueChange,
  owner: RowOwner,
): Promise<void> {
  const gone = [...change.withdraw, ...change.put.map(({ record }) => record.localId)]
  for (const localIds of chunks(gone)) {
    await em.nativeDelete(OpportunityEntity, { localId: { $in: localIds } })
  }
  for (const put of chunks(change.put)) {
    const rows = put.map(({ record, digest }) => toOpportunityRow(record, digest, owner))
    await em.insertMany(OpportunityEntity, rows)
  }
  const runs = change.put.flatMap(({ record }) =>
    record.offerings.map((offering) => ({ offering, record })),
  )
  for (const chunk of chunks(runs)) {
    const rows = chunk.map(({ offering, record }) => toOfferingRow(offering, record, owner))
    // A run can move here from an opportunity that stays as it is: one whose new version was rejected.
    await em.nativeDelete(OfferingEntity, { id: { $in: rows.map(({ id }) => id) } })
    await em.insertMany(OfferingEntity, rows)
  }
}

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += chunkSize) {
    yield items.slice(start, start + chunkSize)
  }
}
