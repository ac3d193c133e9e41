import type { EntityManager } from '@mikro-orm/postgresql'
import type { FastifyInstance } from 'fastify'
import type { CredentialOffice } from './credential/office/credential-office.js'
import { addCredentialRoutes } from './credential/office/credential-routes.js'
import { addPageAssets } from './pages/page-assets.js'
import { addVerifyPageRoutes } from './pages/verify-page-routes.js'
import { createDocumentReader } from './share/read-document.js'
import { addShareRoutes } from './share/share-routes.js'
import { createWalletDeps } from './wallet/wallet-deps.js'
import { addWalletRoutes } from './wallet/wallet-routes.js'

export interface PublicRouteDeps {
  readonly em: EntityManager
  readonly office: CredentialOffice
  readonly publicUrl: string
  readonly issuingBodyName: string
  /** Directory of the pages' stylesheet and script. */
  readonly assetsDirectory: string
  readonly now: () => Date
}

/** What recognition answers beside GraphQL: documents about credentials, wallets, pages. Anybody may come. */
export async function addPublicRoutes(app: FastifyInstance, deps: PublicRouteDeps): Promise<void> {
  const { em, office, publicUrl, now } = deps
  const fork = () => em.fork()
  await addCredentialRoutes(app, office, now)
  await addWalletRoutes(app, createWalletDeps({ ...deps, fork }))
  const readDocument = createDocumentReader({ fork, publicUrl, now })
  await app.register(async (pages) => {
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    await addPageAssets(pages, deps.assetsDirectory)
    addVerifyPageRoutes(pages, {
      verify: async (document) => office.verify(await readDocument(document)),
    })
    addShareRoutes(pages, { fork, publicUrl, now, verify: (document) => office.verify(document) })
  })
}
