import type { EntityManager } from '@mikro-orm/postgresql'
import type { GradingTable, ReferenceGroup } from '../domain/grades/grading-table.js'

/** The version that holds for each reference group of these members, by member, in the order of field and cycle. */
export async function findGradingTables(
  em: EntityManager,
  members: readonly string[],
): Promise<ReadonlyMap<string, readonly GradingTable[]>> {
  const rows: readonly { document: GradingTable }[] = await em.execute(
    `select distinct on (member, isced_f, cycle) document from grading_table
     where member in (select jsonb_array_elements_text(?::jsonb))
     order by member, isced_f, cycle, version desc`,
    [JSON.stringify(members)],
  )
  return Map.groupBy(
    rows.map(({ document }) => document),
    ({ referenceGroup }) => referenceGroup.member,
  )
}

/** The version that holds for a reference group, 0 for none; nobody else publishes one until the transaction ends. */
export async function lockGradingTableVersion(
  em: EntityManager,
  { member, iscedF, cycle }: ReferenceGroup,
): Promise<number> {
  // There may be no row to lock yet.
  await em.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
    `grading_table ${member} ${iscedF} ${cycle}`,
  ])
  const [row]: readonly { version: number }[] = await em.execute(
    `select coalesce(max(version), 0)::int as version from grading_table
     where member = ? and isced_f = ? and cycle = ?`,
    [member, iscedF, cycle],
  )
  return row?.version ?? 0
}

/** Writes another version of a reference group's table. */
export async function insertGradingTable(
  em: EntityManager,
  table: GradingTable,
  publishedAt: Date,
): Promise<void> {
  const { member, iscedF, cycle } = table.referenceGroup
  await em.execute('insert into grading_table values (?, ?, ?, ?::int, ?::jsonb, ?)', [
    member,
    iscedF,
    cycle,
    table.version,
    JSON.stringify(table),
    publishedAt,
  ])
}
