import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  buildMicroCredentialContext,
  microCredentialContextPath,
} from '../json-ld/micro-credential-context.js'
import { issuersPath } from '../keys/issuer-identity.js'
import {
  buildDidDocument,
  buildIssuerProfile,
  buildJwks,
  buildJwtVcIssuerMetadata,
  toPublishedJwk,
} from '../keys/key-documents.js'
import { statusPath, statusPurposes, toStatusListUrl } from '../status/status-entry.js'
import { statusListTtlSeconds } from '../status/status-list-credential.js'
import { maxDocumentBytes } from '../verify/parse-credential.js'
import { parseJsonObject, textOf } from '../verify/strict-decoding.js'
import type { CredentialOffice } from './credential-office.js'

/** How long others may keep a key set: half of what a new key is published before it signs. */
const keysTtlSeconds = 300

/** Documents about credentials that anybody may read, and verification for anybody. */
export async function addCredentialRoutes(
  app: FastifyInstance,
  office: CredentialOffice,
  now: () => Date,
): Promise<void> {
  await app.register(async (routes) => {
    addVerification(routes, office)
    addIssuerDocuments(routes, office, now)
    addStatusLists(routes, office)
  })
}

function addVerification(routes: FastifyInstance, office: CredentialOffice): void {
  // Whatever somebody calls it, the bytes are looked at as they are.
  routes.removeAllContentTypeParsers()
  routes.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: maxDocumentBytes },
    (_request, body, done) => done(null, body),
  )
  routes.post('/credentials/verify', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const report = await office.verify(unwrap(body))
    return reply.header('cache-control', 'no-store').send(report)
  })
}

/** The document in `{"document": "…"}`, for clients that can only send JSON; else the bytes as they came. */
function unwrap(body: Buffer): Uint8Array {
  if (body[0] !== 0x7b) return body
  const json = parseJsonObject(body.toString('utf8'))
  const document = json === null ? undefined : textOf(json.document)
  return document !== undefined && Object.keys(json ?? {}).length === 1
    ? Buffer.from(document)
    : body
}

function addIssuerDocuments(
  routes: FastifyInstance,
  { issuing }: CredentialOffice,
  now: () => Date,
): void {
  const { issuer, keys } = issuing
  const base = `${issuersPath}/${issuer.slug}`
  const contextUrl = `${issuer.origin}${microCredentialContextPath}`
  const documents: Readonly<Record<string, () => object>> = {
    [base]: () => buildIssuerProfile(issuer),
    [`${base}/jwks.json`]: () => buildJwks(keys.published(now())),
    [`${base}/did.json`]: () => buildDidDocument(issuer, keys.published(now())),
    [`/.well-known/jwt-vc-issuer${base}`]: () => buildJwtVcIssuerMetadata(issuer),
    [microCredentialContextPath]: () => buildMicroCredentialContext(contextUrl),
  }
  for (const [path, build] of Object.entries(documents)) {
    routes.get(path, async (_request, reply) => sendDocument(reply, build()))
  }
  routes.get<{ Params: { keyId: string } }>(`${base}/keys/:keyId`, async (request, reply) => {
    const entry = keys.published(now()).find(({ keyId }) => keyId === request.params.keyId)
    return entry === undefined ? reply.callNotFound() : sendDocument(reply, toPublishedJwk(entry))
  })
}

function sendDocument(reply: FastifyReply, document: object): FastifyReply {
  return reply
    .header('cache-control', `public, max-age=${keysTtlSeconds}`)
    .header('access-control-allow-origin', '*')
    .send(document)
}

function addStatusLists(routes: FastifyInstance, { statusLists, issuing }: CredentialOffice): void {
  const { origin } = issuing.issuer
  // Where a European credential points to: its one URI stands for a place in both lists.
  routes.get<{ Params: { id: string } }>(`${statusPath}/:id`, async (request, reply) => {
    const list = `${origin}${statusPath}/${request.params.id}`
    const pair = statusPurposes.map((purpose) => [purpose, toStatusListUrl(list, purpose)])
    return /^\d{1,9}$/.test(request.params.id)
      ? sendDocument(reply, Object.fromEntries(pair))
      : reply.callNotFound()
  })
  routes.get<{ Params: { id: string; purpose: string } }>(
    `${statusPath}/:id/:purpose`,
    async (request, reply) => {
      const { id } = request.params
      const purpose = statusPurposes.find((known) => known === request.params.purpose)
      const isId = /^\d{1,9}$/.test(id)
      const list =
        purpose === undefined || !isId ? null : await statusLists.publish(Number(id), purpose)
      if (list === null) return reply.callNotFound()
      const tag = `"${list.tag}"`
      reply
        .header('cache-control', `public, max-age=${statusListTtlSeconds}`)
        .header('access-control-allow-origin', '*')
        .header('etag', tag)
      if (request.headers['if-none-match'] === tag) return reply.code(304).send()
      return reply.type('application/vc+jwt').send(list.text)
    },
  )
}
