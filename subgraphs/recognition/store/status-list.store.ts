import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { statusListLength, writeBit } from '../credential/status/bitstring.js'
import { createIndexPermutation } from '../credential/status/index-permutation.js'
import type { StatusPurpose } from '../credential/status/status-entry.js'

/** A place of its own in a list. */
export interface StatusPlace {
  readonly list: number
  readonly index: number
}

/** A list as it stands. */
export interface StatusListRow {
  readonly bits: Buffer
  /** Counts changes. */
  readonly version: number
  readonly issuingBody: string
}

const emptyList = Buffer.alloc(statusListLength / 8)

/**
 * Gives out `count` places that nobody has or ever had, from as many lists as it takes. Two transactions take turns at
 * one list; one that is rolled back leaves its places unused.
 */
export async function takeStatusPlaces(
  em: EntityManager,
  issuingBody: string,
  count: number,
): Promise<readonly StatusPlace[]> {
  const places: StatusPlace[] = []
  while (places.length < count) {
    const list = (await lockOpenList(em, issuingBody)) ?? (await createList(em, issuingBody))
    const wanted = Math.min(count - places.length, statusListLength - list.taken)
    const permutation = createIndexPermutation(list.permutation_key)
    for (let number = list.taken; number < list.taken + wanted; number += 1) {
      places.push({ list: list.id, index: permutation.placeOf(number) })
    }
    await em.execute('update status_list set taken = taken + ? where id = ?', [wanted, list.id])
  }
  return places
}

interface OpenList {
  readonly id: number
  readonly taken: number
  readonly permutation_key: Buffer
}

async function lockOpenList(em: EntityManager, issuingBody: string): Promise<OpenList | null> {
  const rows: readonly OpenList[] = await em.execute(
    `select id, taken, permutation_key from status_list
     where issuing_body = ? and taken < ? order by id limit 1 for update`,
    [issuingBody, statusListLength],
  )
  return rows[0] ?? null
}

async function createList(em: EntityManager, issuingBody: string): Promise<OpenList> {
  const rows: readonly OpenList[] = await em.execute(
    `insert into status_list (issuing_body, permutation_key, revocation, suspension)
     values (?, ?, ?, ?) returning id, taken, permutation_key`,
    [issuingBody, randomBytes(32), emptyList, emptyList],
  )
  const [row] = rows
  if (row === undefined) throw new RangeError('an insert gives back its row')
  return row
}

/** One list of a pair; null when there is no such list. */
export async function findStatusList(
  em: EntityManager,
  id: number,
  purpose: StatusPurpose,
): Promise<StatusListRow | null> {
  const rows: readonly { bits: Buffer; version: number; issuing_body: string }[] = await em.execute(
    `select ${columns[purpose]} as bits, version, issuing_body from status_list where id = ?`,
    [id],
  )
  const [row] = rows
  if (row === undefined) return null
  return { bits: row.bits, version: row.version, issuingBody: row.issuing_body }
}

/**
 * Sets or clears the bits of any number of credentials: one read and one write of 16 KB per list, whatever the number.
 * No document is touched.
 */
export async function writeStatusBits(
  em: EntityManager,
  places: readonly StatusPlace[],
  purpose: StatusPurpose,
  isSet: boolean,
): Promise<void> {
  const byList = Map.groupBy(places, ({ list }) => list)
  // In one order, so that two transactions with the same lists cannot wait for each other.
  for (const id of [...byList.keys()].sort((left, right) => left - right)) {
    const rows: readonly { bits: Buffer }[] = await em.execute(
      `select ${columns[purpose]} as bits from status_list where id = ? for update`,
      [id],
    )
    const bits = Buffer.from(rows[0]?.bits ?? emptyList)
    for (const { index } of byList.get(id) ?? []) writeBit(bits, index, isSet)
    await em.execute(
      `update status_list set ${columns[purpose]} = ?, version = version + 1 where id = ?`,
      [bits, id],
    )
  }
}

const columns: Readonly<Record<StatusPurpose, string>> = {
  revocation: 'revocation',
  suspension: 'suspension',
}
