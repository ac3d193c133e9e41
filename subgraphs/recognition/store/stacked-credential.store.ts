import type { EntityManager } from '@mikro-orm/postgresql'
import { foldText, toSortText } from '../../../schema/index.js'
import type { StackedCredential } from '../domain/stacked-credential.js'
import { readTitlePage } from './read-title-page.js'
import { StackedCredentialEntity } from './stacked-credential.entity.js'
import { toTextConditions } from './text-conditions.js'
import type { Page, PageRequest } from './title-page.js'

/** Which stacked credentials to list. Conditions are joined by "and"; null or left out is no condition. */
export interface StackedCredentialFilter {
  readonly text?: string | null
  readonly awardingMembers?: readonly string[] | null
}

/** Every stacked credential as its rule stands now, by id. */
export async function listStackedCredentials(
  em: EntityManager,
): Promise<readonly StackedCredential[]> {
  const rows = await em.find(
    StackedCredentialEntity,
    {},
    { orderBy: { id: 'asc' }, disableIdentityMap: true },
  )
  return rows.map((row) => row.document)
}

/** Those with these ids, by id; unknown ids are missing. */
export async function findStackedCredentials(
  em: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StackedCredential>> {
  const rows = await em.find(
    StackedCredentialEntity,
    { id: { $in: [...ids] } },
    { disableIdentityMap: true },
  )
  return new Map(rows.map((row) => [row.id, row.document]))
}

/** A page of them by English title. */
export function pageStackedCredentials(
  em: EntityManager,
  { text, awardingMembers }: StackedCredentialFilter,
  page: PageRequest,
): Promise<Page<StackedCredential>> {
  const conditions = [
    ...toTextConditions(text),
    ...(awardingMembers ? [{ awardingMember: { $in: [...awardingMembers] } }] : []),
  ]
  return readTitlePage(em, StackedCredentialEntity, conditions, page)
}

/** The one with this id, locked until the end of the transaction; null when there is none. */
export async function lockStackedCredential(
  em: EntityManager,
  id: string,
): Promise<StackedCredential | null> {
  const [row]: { document: StackedCredential }[] = await em.execute(
    'select document from stacked_credential where id = ? for update',
    [id],
  )
  return row?.document ?? null
}

/** Writes a new version: as the one that holds now, and for good among the published ones. */
export async function insertStackedCredentialVersion(
  em: EntityManager,
  credential: StackedCredential,
  publishedAt: Date,
): Promise<void> {
  const { id, rule, descriptions } = credential
  const document = JSON.stringify(credential)
  const texts = [...Object.values(rule.titles), ...Object.values(descriptions)]
  await em.execute(
    `insert into stacked_credential
       (id, sort_title, search_text, awarding_member, rule_version, document)
     values (?, ?, ?, ?, ?, ?::jsonb)
     on conflict (id) do update set sort_title = excluded.sort_title,
       search_text = excluded.search_text, awarding_member = excluded.awarding_member,
       rule_version = excluded.rule_version, document = excluded.document`,
    [
      id,
      toSortText(rule.titles.en),
      foldText(texts.join('\n')),
      credential.awardingMember,
      rule.version,
      document,
    ],
  )
  await em.execute('insert into stacked_credential_version values (?, ?, ?::jsonb, ?)', [
    id,
    rule.version,
    document,
    publishedAt,
  ])
}

/** Every published version of these, oldest first, by id. */
export async function findStackedCredentialVersions(
  em: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly StackedCredential[]>> {
  const rows: readonly { id: string; document: StackedCredential }[] = await em.execute(
    `select stacked_credential_id as id, document from stacked_credential_version
     where stacked_credential_id in (select jsonb_array_elements_text(?::jsonb))
     order by rule_version`,
    [JSON.stringify(ids)],
  )
  const found = Map.groupBy(rows, ({ id }) => id)
  return new Map([...found].map(([id, list]) => [id, list.map(({ document }) => document)]))
}
