import { z } from 'zod'
import { HubError, parseGlobalId, typesByKind } from '../../schema/index.js'
import type { PurgeScope } from './domain/purge-scope.js'
import type { OwnerBook } from './owner-book.js'

const name = z.string().min(1).max(200)

/** What a purge is asked with: exactly one of `all`, `jurisdiction`, `member` and `id`. */
const requestSchema = z.strictObject({
  all: z.literal(true).optional(),
  jurisdiction: name.optional(),
  member: name.optional(),
  /** An entity type, with `member`. */
  type: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be the name of a type')
    .optional(),
  id: name.optional(),
  hard: z.boolean().optional(),
})

/**
 * Reads what to purge. An id stands for its type at its owner: pages hold it, too, and nothing remembers which.
 *
 * @throws HubError `BAD_USER_INPUT` or `MEMBER_UNKNOWN`, naming what is wrong.
 */
export function parsePurge(
  body: unknown,
  owners: Pick<OwnerBook, 'bySlug' | 'jurisdictions'>,
): { readonly scope: PurgeScope; readonly isHard: boolean } {
  const result = requestSchema.safeParse(body)
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new HubError('BAD_USER_INPUT', { message: faults.join('; ') })
  }
  const { hard = false, ...asked } = result.data
  return { scope: toScope(asked, owners), isHard: hard }
}

function toScope(
  asked: Omit<z.infer<typeof requestSchema>, 'hard'>,
  owners: Pick<OwnerBook, 'bySlug' | 'jurisdictions'>,
): PurgeScope {
  const { all, jurisdiction, member, type, id } = asked
  const given = [all, jurisdiction, member, id].filter((each) => each !== undefined)
  if (given.length !== 1) {
    const message = 'exactly one of all, jurisdiction, member and id must be given'
    throw new HubError('BAD_USER_INPUT', { message })
  }
  if (type !== undefined && member === undefined) {
    throw new HubError('BAD_USER_INPUT', { message: 'type needs member' })
  }
  if (all !== undefined) return { kind: 'all' }
  if (jurisdiction !== undefined) {
    if (!owners.jurisdictions().includes(jurisdiction)) throw unknown('jurisdiction', jurisdiction)
    return { kind: 'jurisdiction', jurisdiction }
  }
  const parsed = id === undefined ? undefined : parseGlobalId(id)
  if (parsed === null) throw new HubError('ID_INVALID')
  const slug = parsed?.member ?? member ?? ''
  const owner = owners.bySlug(slug)?.owner
  if (owner === undefined) throw unknown('member', slug)
  const named = parsed === undefined ? type : typesByKind[parsed.kind]
  const of = { member: slug, jurisdiction: owner.jurisdiction }
  return named === undefined ? { kind: 'member', ...of } : { kind: 'type', ...of, type: named }
}

function unknown(what: string, value: string): HubError {
  const message = `no ${what} '${value.slice(0, 40)}' is in the register`
  return new HubError('MEMBER_UNKNOWN', { message })
}
