import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId } from '../../../schema/index.js'

/** Parts of a passport that a learner may leave out of what others see. */
export const passportParts = ['SKILLS', 'CREDITS', 'TIMELINE', 'GRADES', 'MOBILITY'] as const
export type PassportPart = (typeof passportParts)[number]

/** A learner's consent to show their passport to whoever has the link. */
export interface ShareLink {
  readonly id: string
  readonly learnerId: LearnerId
  /** The learner's own note, e.g. for whom it is; null without. */
  readonly label: string | null
  readonly parts: readonly PassportPart[]
  /** ISO instants. */
  readonly createdAt: string
  readonly expiresAt: string
  /** Null while consent holds. */
  readonly withdrawnAt: string | null
  /** Counts changes; for optimistic locking. */
  readonly version: number
}

interface Row {
  readonly id: string
  readonly learner_id: string
  readonly label: string | null
  readonly scope: { readonly parts: readonly PassportPart[] }
  readonly created_at: string | Date
  readonly expires_at: string | Date
  readonly withdrawn_at: string | Date | null
  readonly version: number
}

const columns = 'id, learner_id, label, scope, created_at, expires_at, withdrawn_at, version'

/** Writes a new link under the hash of its token; the token itself is kept nowhere. */
export async function insertShareLink(
  em: EntityManager,
  link: ShareLink,
  tokenHash: string,
): Promise<void> {
  await em.execute(
    `insert into share_link (id, token_hash, learner_id, label, scope, created_at, expires_at,
       withdrawn_at, version)
     values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)`,
    [
      link.id,
      tokenHash,
      link.learnerId,
      link.label,
      JSON.stringify({ parts: link.parts }),
      link.createdAt,
      link.expiresAt,
      link.withdrawnAt,
      link.version,
    ],
  )
}

/** Ends a link. */
export async function updateShareLink(em: EntityManager, link: ShareLink): Promise<void> {
  await em.execute('update share_link set withdrawn_at = ?, version = ? where id = ?', [
    link.withdrawnAt,
    link.version,
    link.id,
  ])
}

/** The link with this id, locked until the end of the transaction; null when there is none. */
export async function lockShareLink(em: EntityManager, id: string): Promise<ShareLink | null> {
  const [row]: readonly Row[] = await em.execute(
    `select ${columns} from share_link where id = ? for update`,
    [id],
  )
  return row ? toShareLink(row) : null
}

/** The link with a token of this hash, whatever became of it; null when there is none. */
export async function findShareLinkByHash(
  em: EntityManager,
  tokenHash: string,
): Promise<ShareLink | null> {
  const [row]: readonly Row[] = await em.execute(
    `select ${columns} from share_link where token_hash = ?`,
    [tokenHash],
  )
  return row ? toShareLink(row) : null
}

/** The links of these learners, latest first; learners without any are missing. */
export async function findShareLinks(
  em: EntityManager,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ShareLink[]>> {
  const rows: readonly Row[] = await em.execute(
    `select ${columns} from share_link
     where learner_id in (select jsonb_array_elements_text(?::jsonb))
     order by share_link.created_at desc, id`,
    [JSON.stringify(learnerIds)],
  )
  return Map.groupBy(rows.map(toShareLink), (link) => link.learnerId)
}

function toShareLink(row: Row): ShareLink {
  return {
    id: row.id,
    learnerId: row.learner_id as LearnerId,
    label: row.label,
    parts: row.scope.parts,
    createdAt: new Date(row.created_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
    withdrawnAt: row.withdrawn_at && new Date(row.withdrawn_at).toISOString(),
    version: row.version,
  }
}
