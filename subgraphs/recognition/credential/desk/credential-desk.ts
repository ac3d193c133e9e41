import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { calculateJwkThumbprint, type JWK } from 'jose'
import {
  type AwardId,
  allianceOwner,
  type CredentialId,
  type LearnerId,
  toGlobalId,
} from '../../../../schema/index.js'
import type { Award } from '../../domain/award.js'
import { findAwards } from '../../store/award.store.js'
import {
  findStandingCredential,
  findSupersededCredential,
  type IssuedCredential,
  insertCredentials,
} from '../../store/credential.store.js'
import { findLearnerIdentities } from '../../store/learner-identity.store.js'
import { appendEvents } from '../../store/outbox/append-events.js'
import { takeStatusPlaces } from '../../store/status-list.store.js'
import type { CredentialFormat, CredentialSource } from '../credential-source.js'
import { issueCredential } from '../issue/issue-credential.js'
import type { IssueDeps } from '../issue/issue-vc-jwt.js'
import { statusPath } from '../status/status-entry.js'
import type { BuildCredentialSource } from './credential-source-builder.js'

/** Issues credentials for awards and keeps them. */
export interface CredentialDesk {
  /**
   * The credential of an award in a format, for the holder of a key or for nobody's. Asked again, it gives the same one.
   * Runs in a transaction of the caller's, and appends to the outbox as its last act.
   */
  issue(em: EntityManager, wanted: WantedCredential): Promise<IssueOutcome>
  /** The same for many awards in one transaction; outcomes in the order of the awards. */
  issueMany(
    em: EntityManager,
    awardIds: readonly AwardId[],
    format: CredentialFormat,
    now: Date,
  ): Promise<readonly IssueOutcome[]>
}

export interface WantedCredential {
  readonly awardId: AwardId
  readonly format: CredentialFormat
  readonly holderKey: JWK | null
  readonly now: Date
}

/** Why there is no credential. */
export const issueRefusals = [
  'AWARD_UNKNOWN',
  'AWARD_NOT_VALID',
  'LEARNER_IDENTITY_MISSING',
  'DEFINITION_MISSING',
] as const
export type IssueRefusal = (typeof issueRefusals)[number]

export type IssueOutcome =
  | { readonly kind: 'issued'; readonly credential: IssuedCredential; readonly isNew: boolean }
  | { readonly kind: 'refused'; readonly reason: IssueRefusal }

/** A desk that issues in the name of one issuing body. */
export function createCredentialDesk(deps: {
  readonly issuing: IssueDeps
  readonly buildSource: BuildCredentialSource
}): CredentialDesk {
  const issueAll = async (
    em: EntityManager,
    wanted: readonly WantedCredential[],
  ): Promise<readonly IssueOutcome[]> => {
    const prepared = await prepare(em, wanted, deps.buildSource)
    const missing = prepared.filter((item) => item.kind === 'source')
    const { issuer } = deps.issuing
    const places = await takeStatusPlaces(em, issuer.slug, missing.length)
    const outcomes: IssueOutcome[] = []
    const fresh: IssuedCredential[] = []
    for (const item of prepared) {
      if (item.kind !== 'source') {
        outcomes.push(item)
        continue
      }
      const place = places[fresh.length]
      if (place === undefined) throw new RangeError('as many places as credentials were taken')
      const credential = await seal(item, place, deps.issuing)
      fresh.push(credential)
      outcomes.push({ kind: 'issued', credential, isNew: true })
    }
    if (fresh.length > 0) {
      await insertCredentials(em, fresh)
      await appendEvents(em, fresh.map(toIssuedEvent))
    }
    return outcomes
  }
  return {
    issue: async (em, wanted) => {
      const [outcome] = await issueAll(em, [wanted])
      if (outcome === undefined) throw new RangeError('one was asked for')
      return outcome
    },
    issueMany: (em, awardIds, format, now) =>
      issueAll(
        em,
        awardIds.map((awardId) => ({ awardId, format, holderKey: null, now })),
      ),
  }
}

interface Prepared {
  readonly kind: 'source'
  readonly wanted: WantedCredential
  readonly award: Award
  readonly source: CredentialSource
  readonly holderThumbprint: string
  readonly supersedes: CredentialId | null
}

async function prepare(
  em: EntityManager,
  wanted: readonly WantedCredential[],
  buildSource: BuildCredentialSource,
): Promise<readonly (Prepared | IssueOutcome)[]> {
  const awards = await findAwards(
    em,
    wanted.map(({ awardId }) => awardId),
  )
  const learnerIds = [...new Set([...awards.values()].map(({ learnerId }) => learnerId))]
  const identities = await findLearnerIdentities(em, learnerIds)
  const refused = (reason: IssueRefusal): IssueOutcome => ({ kind: 'refused', reason })
  const prepared: (Prepared | IssueOutcome)[] = []
  for (const item of wanted) {
    const award = awards.get(item.awardId)
    const { format, holderKey } = item
    if (award === undefined) {
      prepared.push(refused('AWARD_UNKNOWN'))
      continue
    }
    if (award.status !== 'VALID') {
      prepared.push(refused('AWARD_NOT_VALID'))
      continue
    }
    const holderThumbprint = holderKey === null ? '' : await calculateJwkThumbprint(holderKey)
    const standing = await findStandingCredential(em, award.id, format, holderThumbprint)
    if (standing !== null) {
      prepared.push({ kind: 'issued', credential: standing, isNew: false })
      continue
    }
    const learner = identities.get(award.learnerId)
    const source = learner === undefined ? null : await buildSource(em, award, learner)
    if (source === null) {
      prepared.push(
        refused(learner === undefined ? 'LEARNER_IDENTITY_MISSING' : 'DEFINITION_MISSING'),
      )
      continue
    }
    const supersedes = await findSupersededCredential(em, award.id, format)
    prepared.push({ kind: 'source', wanted: item, award, source, holderThumbprint, supersedes })
  }
  return prepared
}

async function seal(
  { wanted, award, source, holderThumbprint, supersedes }: Prepared,
  place: IssuedCredential['place'],
  issuing: IssueDeps,
): Promise<IssuedCredential> {
  const id = toGlobalId(allianceOwner, 'credential', randomUUID())
  const { origin } = issuing.issuer
  const issuance = {
    id,
    issuedAt: wanted.now,
    validUntil: null,
    status: { list: `${origin}${statusPath}/${place.list}`, index: place.index },
    supersedes,
    holderKey: wanted.holderKey,
  }
  return {
    id,
    awardId: award.id,
    learnerId: award.learnerId,
    awardingMember: award.awardingMember,
    format: wanted.format,
    holderThumbprint,
    document: await issueCredential(source, wanted.format, issuance, issuing),
    status: 'VALID',
    place,
    supersedes,
    issuedAt: wanted.now,
  }
}

function toIssuedEvent(credential: IssuedCredential) {
  const at = credential.issuedAt.toISOString()
  return {
    id: `${credential.id}:issued`,
    occurredOn: at.slice(0, 10),
    recordedAt: at,
    learnerId: credential.learnerId as LearnerId,
    homeMember: null,
    corrects: null,
    fact: {
      kind: 'credential.issued' as const,
      credentialId: credential.id,
      awardId: credential.awardId,
      format: credential.format,
    },
  }
}
