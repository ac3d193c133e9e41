import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { Award } from '../domain/award.js'
import type { CompetencePassport } from '../domain/passport/competence-passport.js'
import { buildCompetencePassport } from '../domain/passport/competence-passport.js'
import type { RecognitionRequest } from '../domain/recognition-decision/recognition-request.js'
import type { StackState } from '../domain/stacked-credential.js'
import type { Enrolment } from '../store/enrolment.store.js'
import type { Learner } from '../store/learner.store.js'
import { pageOfList } from '../store/list-page.js'
import type { ShareLink } from '../store/share-link.store.js'
import { AwardConnectionType } from './award.type.js'
import { CompetencePassportType } from './competence-passport.type.js'
import { LearnerType } from './learner.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import { PathwayProgressConnectionType } from './pathway-progress.type.js'
import { RecognitionRequestConnectionType } from './recognition-request.type.js'
import type { RequestContext } from './request-context.js'
import { requireLearner } from './require-role.js'
import { ShareLinkType } from './share-link.type.js'
import { StackedCredentialProgressConnectionType } from './stack-progress.type.js'

/** The learner that asks. There is no way to name another one: everything starts from the token. */
@Resolver(() => LearnerType)
export class LearnerResolver {
  @Directive('@authenticated')
  @Query(() => LearnerType, { description: 'The learner that asks; needs an access token.' })
  async me(@Ctx() { principal, records }: RequestContext): Promise<Learner> {
    const id = requireLearner(principal)
    const { homeMember } = principal
    const known = await records.learner(id)
    // Nothing is written by asking: who is not known yet has an empty record.
    return known ?? { id, homeMember, displayName: null, language: null, synthetic: false }
  }

  @FieldResolver(() => AwardConnectionType, {
    description: 'Everything that was awarded to the learner, whatever became of it, oldest first.',
  })
  async awards(
    @Root() { id }: Learner,
    @Ctx() { records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Award>> {
    return toConnection(
      pageOfList('MY_AWARDS', await records.awardsOf(id), (award) => award.id, page),
    )
  }

  @FieldResolver(() => StackedCredentialProgressConnectionType, {
    description: 'Stacked credentials that awards of the learner count or counted towards.',
  })
  async stackedCredentials(
    @Root() { id }: Learner,
    @Ctx() { records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StackState>> {
    const states = await records.stackStatesOf(id)
    return toConnection(pageOfList('MY_STACKS', states, (state) => state.stackedCredentialId, page))
  }

  @FieldResolver(() => PathwayProgressConnectionType, {
    description: 'Pathways the learner is on, or was, latest first.',
  })
  async pathwaysInProgress(
    @Root() { id }: Learner,
    @Ctx() { records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Enrolment>> {
    const enrolments = await records.enrolmentsOf(id)
    return toConnection(
      pageOfList('MY_PATHWAYS', enrolments, (enrolment) => enrolment.pathwayId, page),
    )
  }

  @FieldResolver(() => RecognitionRequestConnectionType, {
    description: 'What the learner asked members to recognise and what they decided, latest first.',
  })
  async recognitionDecisions(
    @Root() { id }: Learner,
    @Ctx() { records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RecognitionRequest>> {
    const requests = await records.requestsOf(id)
    return toConnection(pageOfList('MY_REQUESTS', requests, (request) => request.id, page))
  }

  @FieldResolver(() => CompetencePassportType, {
    description: 'What the learner can show, made from the awards that are valid now.',
  })
  async competencePassport(
    @Root() { id, homeMember }: Learner,
    @Ctx() { records, now }: RequestContext,
  ): Promise<CompetencePassport> {
    const date = now().toISOString().slice(0, 10)
    return buildCompetencePassport(await records.awardsOf(id), homeMember, date)
  }

  @FieldResolver(() => [ShareLinkType], {
    description: 'Links by which the learner shows the passport, or did; latest 100 first.',
  })
  async passportShareLinks(
    @Root() { id }: Learner,
    @Ctx() { records }: RequestContext,
  ): Promise<readonly ShareLink[]> {
    return (await records.shareLinksOf(id)).slice(0, 100)
  }
}
