import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { CommandResult } from '../commands/fault.js'
import { issueCredentialWith } from '../commands/issue-credential.js'
import { issueCredentials } from '../commands/issue-credentials.js'
import { revokeCredential } from '../commands/revoke-credential.js'
import { revokeCredentials } from '../commands/revoke-credentials.js'
import { countDocumentsOfAwards, findCredential } from '../store/credential.store.js'
import { countJobItems } from '../store/issuing-job.store.js'
import {
  IssueCredentialMutationInput,
  IssueCredentialsMutationInput,
  RevokeCredentialMutationInput,
  RevokeCredentialsMutationInput,
} from './credential.input.js'
import {
  CohortRevocationPayloadType,
  CredentialPayloadType,
  IssuingJobPayloadType,
} from './credential.type.js'
import type { RequestContext } from './request-context.js'
import { runMutation } from './run-mutation.js'

const inputDescription = 'What to do.'

/** What registrars and learners do about digital credentials. */
@Resolver()
export class CredentialMutations {
  @Mutation(() => CredentialPayloadType, {
    description:
      'Issues an award as a digital credential; for registrars of the awarding member and for its learner.',
  })
  async issueCredential(
    @Arg('input', () => IssueCredentialMutationInput, { description: inputDescription })
    input: IssueCredentialMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<CredentialPayloadType> {
    const command = issueCredentialWith(context.office.desk)
    return readBack(context, await runMutation(context, 'issueCredential', input, command))
  }

  @Mutation(() => CredentialPayloadType, {
    description:
      'Revokes a credential with the award behind it; every other document of it and stacks follow.',
  })
  async revokeCredential(
    @Arg('input', () => RevokeCredentialMutationInput, { description: inputDescription })
    input: RevokeCredentialMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<CredentialPayloadType> {
    return readBack(
      context,
      await runMutation(context, 'revokeCredential', input, revokeCredential),
    )
  }

  @Mutation(() => CohortRevocationPayloadType, {
    description:
      'Revokes awards of a cohort, all or none; every document of them and stacks follow in the background. Asked again ' +
      'under the same key, it revokes nothing more and says how far that is.',
  })
  async revokeCredentials(
    @Arg('input', () => RevokeCredentialsMutationInput, { description: inputDescription })
    input: RevokeCredentialsMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<CohortRevocationPayloadType> {
    const result = await runMutation(context, 'revokeCredentials', input, revokeCredentials)
    if (!result.isDone) return { revocation: null, userErrors: result.faults }
    const counts = await countDocumentsOfAwards(context.commands.em.fork(), input.awardIds)
    return { revocation: { ...result.value, ...counts }, userErrors: [] }
  }

  @Mutation(() => IssuingJobPayloadType, {
    description: 'Issues a cohort in the background; `issuingJob` says how far it is.',
  })
  async issueCredentials(
    @Arg('input', () => IssueCredentialsMutationInput, { description: inputDescription })
    input: IssueCredentialsMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<IssuingJobPayloadType> {
    const result = await runMutation(context, 'issueCredentials', input, issueCredentials)
    if (!result.isDone) return { job: null, userErrors: result.faults }
    context.wakeCredentialWorker()
    const id = result.value.jobId
    const value = { id, ...(await countJobItems(context.commands.em.fork(), id)) }
    return { job: value, userErrors: [] }
  }
}

/** The credential as it stands now: after a revocation, what followed from it has been carried out. */
async function readBack(
  { commands }: RequestContext,
  result: CommandResult<{ readonly credentialId: string }>,
): Promise<CredentialPayloadType> {
  if (!result.isDone) return { credential: null, userErrors: result.faults }
  const value = await findCredential(commands.em.fork(), result.value.credentialId)
  return { credential: value, userErrors: [] }
}
