import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { isWindowOpen } from '../domain/application-window.js'
import type { OfferingRecord } from '../domain/catalogue-record.js'
import type { CatalogueContext } from './catalogue-context.js'
import { ApplicationWindow, Capacity } from './offering-parts.type.js'

/** What an application window says of now. */
@Resolver(() => ApplicationWindow)
export class ApplicationWindowResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether now lies in the window, whatever the state of the run.',
  })
  isOpen(
    @Root() application: NonNullable<OfferingRecord['application']>,
    @Ctx() { now }: CatalogueContext,
  ): boolean {
    return isWindowOpen(application, now)
  }
}

/** What is left of a capacity. */
@Resolver(() => Capacity)
export class CapacityResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Places left, 0 or more; null when the member does not say.',
  })
  remaining(@Root() { maximum, enrolled }: NonNullable<OfferingRecord['capacity']>): number | null {
    return maximum === null || enrolled === null ? null : Math.max(0, maximum - enrolled)
  }
}
