import type { FastifyInstance } from 'fastify'
import { addIssuanceRoutes, type IssuanceDeps } from './issuance/issuance-routes.js'
import { addPresentationRoutes, type PresentationDeps } from './presentation/presentation-routes.js'

/** Everything wallets talk to: OpenID4VCI to receive, OpenID4VP to show. */
export async function addWalletRoutes(
  app: FastifyInstance,
  deps: IssuanceDeps & PresentationDeps,
): Promise<void> {
  // Encapsulated: nowhere else are forms read.
  await app.register(async (wallet) => {
    wallet.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 131_072 },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    addIssuanceRoutes(wallet, deps)
    addPresentationRoutes(wallet, deps)
  })
}
