import fastify from 'fastify'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { findFreePort } from '../../../infra/runtime/index.js'
import { createTestDatabase } from '../../../tests/setup/test-database.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
} from '../store/recognition-database.js'
import { addWalletRoutes } from './wallet-routes.js'

/** The wallet routes over a database of their own, with a clock that can be moved. What they issue is only a text. */
export interface WalletServer {
  readonly url: string
  readonly orm: RecognitionOrm
  readonly clientId: string
  /** The public key that requests for presentations are signed with. */
  readonly verifierKey: JWK
  /** Holder keys that credentials were issued to, in order. */
  readonly issuedTo: JWK[]
  now(): Date
  moveClock(milliseconds: number): void
  /** From now on awards are not valid any more. */
  revokeAwards(): void
  stop(): Promise<void>
}

export const credentialType = 'https://hub.test/credentials/types/micro-credential'
export const verifierKeyId = 'did:web:hub.test#one'

/** Starts the routes; stop them in `afterAll`. */
export async function openWalletServer(): Promise<WalletServer> {
  const database = await createTestDatabase()
  const orm = await openRecognitionDatabase({
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
  })
  await migrateAndSeed(orm, async () => undefined)
  const verifier = await generateKeyPair('ES256')
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const clientId = 'decentralized_identifier:did:web:hub.test'
  const issuedTo: JWK[] = []
  let shiftMs = 0
  let isRevoked = false
  const now = () => new Date(Date.now() + shiftMs)
  const app = fastify()
  await addWalletRoutes(app, {
    fork: () => orm.em.fork(),
    publicUrl: url,
    offered: {
      type: credentialType,
      titles: { en: 'Micro-credential', fi: 'Mikrokredentiaali' },
      issuingBodyName: 'Test foundation',
    },
    issue: async (_em, { awardId, holderKey }) => {
      if (isRevoked) return null
      issuedTo.push(holderKey)
      return `credential of ${awardId}`
    },
    clientId,
    credentialType,
    signRequest: (payload) =>
      new SignJWT({ ...payload })
        .setProtectedHeader({ alg: 'ES256', typ: 'oauth-authz-req+jwt', kid: verifierKeyId })
        .sign(verifier.privateKey),
    verify: async (presentation, { audience, nonce }) => ({ presentation, audience, nonce }),
    now,
  })
  await app.listen({ host: '127.0.0.1', port })
  return {
    url,
    orm,
    clientId,
    verifierKey: await exportJWK(verifier.publicKey),
    issuedTo,
    now,
    moveClock: (milliseconds) => {
      shiftMs += milliseconds
    },
    revokeAwards: () => {
      isRevoked = true
    },
    stop: async () => {
      await app.close()
      await orm.close(true)
      await database.drop()
    },
  }
}
