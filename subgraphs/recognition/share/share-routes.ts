import type { EntityManager } from '@mikro-orm/postgresql'
import type { FastifyInstance } from 'fastify'
import { toString as toQrCode } from 'qrcode'
import type { LearnerId } from '../../../schema/index.js'
import { chooseLanguage, parseAcceptLanguage } from '../pages/choose-language.js'
import { sendPage } from '../pages/page.js'
import type { ShownReport } from '../pages/verification-table.js'
import { pageLanguages } from '../pages/words.js'
import { countShareView } from '../store/credential-share.store.js'
import { findLearners } from '../store/learner.store.js'
import { sharedPath } from './create-share.js'
import { readShared } from './read-shared.js'
import { readClaims } from './select-disclosures.js'
import { buildEndedPage, buildSharePage, type SharedClaims } from './share-page.js'

export interface ShareDeps {
  /** A fresh entity manager for each request. */
  readonly fork: () => EntityManager
  readonly publicUrl: string
  readonly verify: (document: Uint8Array) => Promise<ShownReport>
  readonly now: () => Date
}

interface SharedRequest {
  Params: { token: string }
  Querystring: { language?: string }
}

/**
 * Shows shared credentials: as a page, and as the sealed document with only what was disclosed. The page is in the language
 * `?language=` says, else the learner's, else the reader's; it offers all others.
 */
export function addShareRoutes(app: FastifyInstance, deps: ShareDeps): void {
  const { fork, publicUrl, verify, now } = deps

  app.get<SharedRequest>(`${sharedPath}/:token`, async (request, reply) => {
    const { token } = request.params
    const em = fork()
    const shared = await readShared(em, token, now())
    const owner = shared.kind === 'document' ? await languageOf(em, shared.share.learnerId) : null
    const wanted = [
      ...parseAcceptLanguage(request.query.language),
      ...(owner === null ? [] : [owner]),
      ...parseAcceptLanguage(request.headers['accept-language']),
    ]
    const language = chooseLanguage(wanted, pageLanguages)
    if (shared.kind !== 'document') {
      const status = shared.kind === 'ended' ? 410 : 404
      return sendPage(reply, buildEndedPage(language), status)
    }
    await countShareView(em, shared.share.id)
    const url = `${publicUrl}${sharedPath}/${token}`
    const content = {
      claims: readClaims(shared.document) as unknown as SharedClaims,
      report: await verify(Buffer.from(shared.document)),
      expiresAt: shared.share.expiresAt,
      code: await toQrCode(url, { type: 'svg', margin: 1 }),
      documentUrl: `${url}/document`,
      url,
    }
    return sendPage(reply, buildSharePage(content, language))
  })

  app.get<SharedRequest>(`${sharedPath}/:token/document`, async (request, reply) => {
    const shared = await readShared(fork(), request.params.token, now())
    reply.header('cache-control', 'private, no-store').header('x-robots-tag', 'noindex')
    if (shared.kind !== 'document') {
      return reply.code(shared.kind === 'ended' ? 410 : 404).send({ state: shared.kind })
    }
    return reply.type('application/dc+sd-jwt').send(shared.document)
  })
}

async function languageOf(em: EntityManager, learnerId: LearnerId): Promise<string | null> {
  return (await findLearners(em, [learnerId])).get(learnerId)?.language ?? null
}
