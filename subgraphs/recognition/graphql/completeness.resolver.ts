import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { reportCompleteness } from '../domain/annex-i/report-completeness.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import { MicroCredentialCompletenessType } from './completeness.type.js'
import { MicroCredentialType } from './micro-credential.type.js'
import type { RequestContext } from './request-context.js'

/** How complete a definition is. */
@Resolver(() => MicroCredentialType)
export class CompletenessResolver {
  @FieldResolver(() => MicroCredentialCompletenessType, {
    nullable: true,
    description:
      'How far it has the elements of Annex I; null when its jurisdiction is not described yet.',
  })
  async completeness(
    @Root() credential: MicroCredential,
    @Ctx() { load }: RequestContext,
  ): Promise<MicroCredentialCompletenessType | null> {
    const jurisdiction = await load.jurisdiction(credential.jurisdictionCode)
    if (!jurisdiction) return null
    const { elements, ...report } = reportCompleteness(credential, jurisdiction, null)
    return {
      ...report,
      elements: elements.map(({ element, status, reason }) => ({ ...element, status, reason })),
    }
  }
}
