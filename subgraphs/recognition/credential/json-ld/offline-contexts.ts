import { named } from '@digitalbazaar/credentials-context'
import { europeanContexts } from '../issue/elm/build-european-credential.js'
import { buildElmContext } from './elm-context.js'

/** JSON-LD contexts by URL. Nothing else is ever loaded: a context that is not here was not read. */
export type OfflineContexts = ReadonlyMap<string, object>

/**
 * The contexts this process carries.
 *
 * @param elmContext - The Commission's own context for ELM, where it is at hand; else the terms we emit.
 */
export function buildOfflineContexts(elmContext?: object): OfflineContexts {
  const [, elmUrl] = europeanContexts
  return new Map([
    ...[...named.values()].map(({ id, context }) => [id, context] as const),
    [elmUrl, elmContext ?? buildElmContext()] as const,
  ])
}
