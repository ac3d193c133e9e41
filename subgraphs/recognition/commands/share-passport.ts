import { createHash, randomBytes } from 'node:crypto'
import {
  insertShareLink,
  lockShareLink,
  type PassportPart,
  passportParts,
  type ShareLink,
  updateShareLink,
} from '../store/share-link.store.js'
import { ensureActingLearner } from './ensure-acting-learner.js'
import { type CommandResult, done, FaultList, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface SharePassportInput {
  /** The learner's own note, up to 200 characters. */
  readonly label?: string | null
  /** What others see; default everything. */
  readonly parts?: readonly PassportPart[] | null
  readonly validDays: number
}

const longestValidDays = 365
const longestLabel = 200

/** The learner consents to show their passport to whoever has the link, for so many days. */
export async function sharePassport(
  unit: UnitOfWork,
  input: SharePassportInput,
  token: string,
): Promise<CommandResult<ShareLink>> {
  const faults = new FaultList()
  const { label = null, validDays } = input
  if (validDays < 1 || validDays > longestValidDays) {
    faults.add('VALUE_INVALID', 'validDays', `has to be 1–${longestValidDays}`)
  }
  if ((label ?? '').length > longestLabel) {
    faults.add('VALUE_TOO_LONG', 'label', `has more than ${longestLabel} characters`)
  }
  if (input.parts?.length === 0) faults.add('VALUE_REQUIRED', 'parts', 'has to name a part')
  if (!faults.isEmpty) return faults.toResult()
  const learner = await ensureActingLearner(unit)
  const link: ShareLink = {
    id: unit.newId(),
    learnerId: learner.id,
    label,
    parts: [...(input.parts ?? passportParts)],
    createdAt: unit.now.toISOString(),
    expiresAt: new Date(unit.now.getTime() + validDays * 86_400_000).toISOString(),
    withdrawnAt: null,
    version: 1,
  }
  await insertShareLink(unit.em, link, hashToken(token))
  noteConsent(unit, link, 'consent.given', null, 'GIVEN')
  return done(link)
}

export interface StopSharingInput {
  readonly linkId: string
}

/** The learner withdraws consent: the link shows nothing from now on. Doing it twice is doing it once. */
export async function stopSharing(
  unit: UnitOfWork,
  { linkId }: StopSharingInput,
): Promise<CommandResult<ShareLink>> {
  const learner = await ensureActingLearner(unit)
  const before = await lockShareLink(unit.em, linkId)
  if (before?.learnerId !== learner.id) {
    return refused('NOT_FOUND', 'linkId', 'you have no link with this id')
  }
  if (before.withdrawnAt !== null) return done(before)
  const link = { ...before, withdrawnAt: unit.now.toISOString(), version: before.version + 1 }
  await updateShareLink(unit.em, link)
  noteConsent(unit, link, 'consent.withdrawn', 'GIVEN', 'WITHDRAWN')
  return done(link)
}

/** A new token: 256 bits from the system's generator, as 43 characters of base64url. */
export function createShareToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Under what a token is kept. No salt: 256 random bits cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function noteConsent(
  unit: UnitOfWork,
  link: ShareLink,
  action: string,
  fromState: string | null,
  toState: string,
): void {
  unit.audit({
    entityId: link.id,
    action,
    fromState,
    toState,
    reason: link.parts.join(', '),
    role: 'learner',
    member: null,
  })
}
