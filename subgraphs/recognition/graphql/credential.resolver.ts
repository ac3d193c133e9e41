import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { HubError, hasRole } from '../../../schema/index.js'
import { maxDocumentBytes } from '../credential/verify/parse-credential.js'
import type { VerificationReport } from '../credential/verify/report.js'
import { findCredentialsOfLearner, type IssuedCredential } from '../store/credential.store.js'
import { countJobItems, findJob, type JobProgress } from '../store/issuing-job.store.js'
import type { Learner } from '../store/learner.store.js'
import { pageOfList } from '../store/list-page.js'
import { DigitalCredentialConnectionType, IssuingJobType } from './credential.type.js'
import { LearnerType } from './learner.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import type { RequestContext } from './request-context.js'
import { CredentialVerificationType } from './verification.type.js'

/** Documents of one learner that are read at once; nobody has earned as many. */
const maximumCredentials = 1_000

/** Credentials as their learner, a registrar and anybody who was shown one see them. */
@Resolver(() => LearnerType)
export class CredentialResolver {
  @Query(() => CredentialVerificationType, {
    description:
      'Looks at a credential in any of the formats, ours or anybody’s. For anybody; nothing is kept.',
  })
  verifyCredential(
    @Arg('document', () => String, { description: 'The document as it came, at most 1 MB.' })
    document: string,
    @Ctx() { office }: RequestContext,
  ): Promise<VerificationReport> {
    const bytes = Buffer.from(document)
    if (bytes.length > maxDocumentBytes) {
      throw new HubError('QUERY_TOO_LARGE', { message: 'the document is too large' })
    }
    return office.verify(bytes)
  }

  @Query(() => IssuingJobType, {
    nullable: true,
    description: 'How far a cohort is; for registrars of its member. Null when there is none.',
  })
  async issuingJob(
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
    @Ctx() { commands, principal }: RequestContext,
  ): Promise<(JobProgress & { readonly id: string }) | null> {
    const em = commands.em.fork()
    const job = await findJob(em, id)
    if (job === null || !hasRole(principal, 'registrar', job.member)) return null
    return { id, ...(await countJobItems(em, id)) }
  }

  @FieldResolver(() => DigitalCredentialConnectionType, {
    description:
      'Digital credentials issued to the learner, whatever became of them, newest first.',
  })
  async credentials(
    @Root() { id }: Learner,
    @Ctx() { commands }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<IssuedCredential>> {
    const all = await findCredentialsOfLearner(commands.em.fork(), id, maximumCredentials)
    return toConnection(pageOfList('MY_CREDENTIALS', all, (credential) => credential.id, page))
  }
}
