import type { EntityManager } from '@mikro-orm/postgresql'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allianceOwner, type LearnerId, readPrincipal, toGlobalId } from '../../../schema/index.js'
import { hashToken } from '../commands/share-passport.js'
import { findAwardsOfLearners } from '../store/award.store.js'
import { findLearners } from '../store/learner.store.js'
import { createRecognitionStore } from '../store/recognition.store.js'
import { findShareLinkByHash, type PassportPart, passportParts } from '../store/share-link.store.js'
import {
  buildPassportView,
  type MemberNames,
  type PassportRecord,
  type PassportView,
} from './passport-view.js'
import {
  passportPageHeaders,
  printNoPassportPage,
  printPassportPage,
} from './print-passport-page.js'
import { printPassportSvg } from './print-passport-svg.js'

export interface PassportDeps {
  readonly em: EntityManager
  readonly memberNames: MemberNames
  readonly now: () => Date
}

const formats = ['json', 'svg', 'html'] as const
type Format = (typeof formats)[number]

const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/**
 * Adds the passport's pages: `/passport/me[.json|.svg]` for the learner who asks, `/passport/shared/<token>[.json|.svg]`
 * for whoever has a link of theirs. A link that is unknown, expired or withdrawn gives the same answer.
 */
export function addPassportRoutes(app: FastifyInstance, deps: PassportDeps): void {
  for (const format of formats) {
    const ending = format === 'html' ? '' : `.${format}`
    app.get(`/passport/me${ending}`, async (request, reply) => {
      const learnerId = readLearner(request)
      if (learnerId === null) return refuse(reply, 401)
      const record = await readRecord(deps.em.fork(), learnerId)
      return send(reply, format, toView(record, request, deps, passportParts))
    })
  }
  app.get<{ Params: { readonly file: string } }>(
    '/passport/shared/:file',
    async (request, reply) => {
      const { token, format } = readFileName(request.params.file)
      const link = tokenPattern.test(token)
        ? await findShareLinkByHash(deps.em.fork(), hashToken(token))
        : null
      const isOpen =
        link !== null && link.withdrawnAt === null && link.expiresAt > deps.now().toISOString()
      if (!link || !isOpen) return refuse(reply, 404)
      const record = await readRecord(deps.em.fork(), link.learnerId)
      return send(reply, format, toView(record, request, deps, link.parts))
    },
  )
}

function readLearner({ signedPrincipal }: FastifyRequest): LearnerId | null {
  const principal = readPrincipal(signedPrincipal)
  if (principal?.kind !== 'person' || principal.subjectId === null) return null
  return toGlobalId(allianceOwner, 'learner', principal.subjectId)
}

function readFileName(file: string): { readonly token: string; readonly format: Format } {
  const [token = '', ending, ...more] = file.split('.')
  const format = formats.find((one) => one === (ending ?? 'html'))
  return format && more.length === 0 ? { token, format } : { token: '', format: 'html' }
}

async function readRecord(em: EntityManager, learnerId: LearnerId): Promise<PassportRecord> {
  const learner = (await findLearners(em, [learnerId])).get(learnerId) ?? {
    id: learnerId,
    homeMember: null,
    displayName: null,
    language: null,
    synthetic: false,
  }
  const awards = (await findAwardsOfLearners(em, [learnerId])).get(learnerId) ?? []
  const definitions = await createRecognitionStore(em).findMicroCredentials(
    awards.map(({ microCredentialId }) => microCredentialId),
  )
  return { learner, awards, definitions }
}

function toView(
  record: PassportRecord,
  request: FastifyRequest,
  { now, memberNames }: PassportDeps,
  parts: readonly PassportPart[],
): PassportView {
  const date = now().toISOString().slice(0, 10)
  const asked = new URL(request.url, 'http://hub.invalid').searchParams.get('language')
  const isLanguage = asked !== null && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(asked)
  const language = isLanguage ? asked : (record.learner.language ?? 'en')
  return buildPassportView(record, { parts, date, language, memberNames })
}

function send(reply: FastifyReply, format: Format, view: PassportView): FastifyReply {
  reply.headers(passportPageHeaders)
  switch (format) {
    case 'html':
      return reply.send(printPassportPage(view))
    case 'svg':
      return reply
        .header('content-type', 'image/svg+xml; charset=utf-8')
        .send(printPassportSvg(view))
    case 'json':
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .send(JSON.stringify(view, null, 2))
  }
}

function refuse(reply: FastifyReply, status: 401 | 404): FastifyReply {
  return reply.code(status).headers(passportPageHeaders).send(printNoPassportPage())
}
