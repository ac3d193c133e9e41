import { randomBytes } from 'node:crypto'
import { MikroORM } from '@mikro-orm/postgresql'
import { inject } from 'vitest'
import type { OpportunityRecord } from '../domain/catalogue-record.js'
import { type CatalogueDatabase, openCatalogueDatabase } from './catalogue-database.js'
import { type CatalogueReader, createCatalogueReader } from './catalogue-reader.js'
import type { FilterContext } from './filter-conditions.js'
import { createPostgresWriter } from './postgres-writer.js'
import { listSearchConfigurations } from './search-language.js'

/** A member's catalogue in a database of its own on the test server. */
export interface TestCatalogue {
  readonly slug: string
  readonly database: CatalogueDatabase
  readonly reader: CatalogueReader
  /** Replaces what the catalogue has under these local ids. */
  put(records: readonly OpportunityRecord[]): Promise<void>
  withdraw(localIds: readonly string[]): Promise<void>
  drop(): Promise<void>
}

/** The moment the fixtures' application windows are open. */
export const testNow = new Date('2027-03-01T12:00:00Z')

/** Opens a new member's database; drop it in `afterAll`. */
export async function openTestCatalogue(languages: readonly string[]): Promise<TestCatalogue> {
  const slug = `t${randomBytes(6).toString('hex')}`
  const database = await openCatalogueDatabase(inject('postgresUrl'), slug)
  const writer = createPostgresWriter(database, { slug, languages })
  const context: FilterContext = {
    slug,
    jurisdiction: 'NL',
    timeZone: 'Europe/Amsterdam',
    configurations: listSearchConfigurations(languages),
    now: testNow,
  }
  return {
    slug,
    database,
    reader: createCatalogueReader(database.query, context),
    put: (records) =>
      writer.apply({
        put: records.map((record) => ({ record, digest: `digest of ${record.localId}` })),
        withdraw: [],
      }),
    withdraw: (localIds) => writer.apply({ put: [], withdraw: localIds }),
    drop: async () => {
      await database.close()
      await dropMemberDatabase(slug)
    },
  }
}

/** Removes a member's database from the test server. */
export async function dropMemberDatabase(slug: string): Promise<void> {
  const server = await MikroORM.init({
    clientUrl: inject('postgresUrl'),
    entities: [],
    discovery: { warnWhenNoEntities: false },
  })
  await server.em.getConnection().execute(`drop database if exists "hub_${slug}" with (force)`)
  await server.close(true)
}
