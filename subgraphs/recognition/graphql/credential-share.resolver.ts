import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { type Fault, refused } from '../commands/fault.js'
import { createShare, maximumShareDays } from '../share/create-share.js'
import { findSharesOfLearner, withdrawShare } from '../store/credential-share.store.js'
import type { Learner } from '../store/learner.store.js'
import {
  CredentialSharePayloadType,
  CredentialShareType,
  ShareCredentialInput,
  toCredentialShareType,
} from './credential-share.type.js'
import { findOwnAward } from './find-own-award.js'
import { LearnerType } from './learner.type.js'
import type { RequestContext } from './request-context.js'
import { requireLearner } from './require-role.js'

/** Links one learner can list; older ones have ended long since. */
const maximumListed = 200

/** Links by which learners show their credentials. */
@Resolver(() => LearnerType)
export class CredentialShareResolver {
  @FieldResolver(() => [CredentialShareType], {
    description: `Links that show credentials of the learner, newest first, at most ${maximumListed}.`,
  })
  async credentialShares(
    @Root() { id }: Learner,
    @Ctx() { commands }: RequestContext,
  ): Promise<readonly CredentialShareType[]> {
    const shares = await findSharesOfLearner(commands.em.fork(), id, maximumListed)
    return shares.map(toCredentialShareType)
  }

  // No idempotency key: what is kept for a repeated answer would hold the link in clear.
  @Mutation(() => CredentialSharePayloadType, {
    description: 'Makes a link that shows the credential of an own award; for its learner.',
  })
  async shareCredential(
    @Arg('input', () => ShareCredentialInput, { description: 'What to show, and for how long.' })
    { awardId, show, days }: ShareCredentialInput,
    @Ctx() { principal, commands, office, publicUrl, now }: RequestContext,
  ): Promise<CredentialSharePayloadType> {
    const em = commands.em.fork()
    const found = await findOwnAward(em, principal, awardId)
    const faults = [...(found.isDone ? [] : found.faults), ...faultsOfDays(days)]
    if (!found.isDone || faults.length > 0) return toFailure(faults)
    const wish = { awardId: found.value.id, parts: show, days }
    const created = await createShare(em, wish, { desk: office.desk, publicUrl, now: now() })
    if (created.kind === 'created') {
      return { share: toCredentialShareType(created.share), url: created.url, userErrors: [] }
    }
    const message = `the award cannot be issued as a credential: ${created.reason}`
    return toFailure([{ code: 'STATE_FORBIDS', path: ['awardId'], message }])
  }

  @Mutation(() => CredentialSharePayloadType, {
    description: 'Ends a link at once; for its learner. Ending it again changes nothing.',
  })
  async withdrawCredentialShare(
    @Arg('id', () => ID, { description: 'Id of the link.' }) id: string,
    @Ctx() { principal, commands, now }: RequestContext,
  ): Promise<CredentialSharePayloadType> {
    const learnerId = requireLearner(principal)
    const share = await withdrawShare(commands.em.fork(), { id, learnerId, now: now() })
    if (share !== null) return { share: toCredentialShareType(share), url: null, userErrors: [] }
    const result = refused('NOT_FOUND', 'id', 'you have no link with this id')
    return toFailure(result.isDone ? [] : result.faults)
  }
}

function toFailure(userErrors: readonly Fault[]): CredentialSharePayloadType {
  return { share: null, url: null, userErrors }
}

function faultsOfDays(days: number): readonly Fault[] {
  if (days >= 1 && days <= maximumShareDays) return []
  const message = `days must be 1 to ${maximumShareDays}, not ${days}`
  return [{ code: 'VALUE_INVALID', path: ['days'], message }]
}
