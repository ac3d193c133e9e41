import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { parseIssuers } from './issuer-config.js'
import { audience, type RealIssuer, startRealIssuer } from './real-issuer.fixture.js'
import { createTokenVerifier } from './verify-token.js'

let issuer: RealIssuer

beforeAll(async () => {
  issuer = await startRealIssuer()
})
afterAll(() => issuer?.stop())

/** A verifier that trusts the issuer by its URL alone, with a clock a test may move on. */
function open() {
  const clock = { ms: 1_000_000 }
  const text = JSON.stringify({
    issuers: [
      {
        issuer: issuer.url,
        audience,
        algorithms: ['ES256'],
        affiliationScopes: ['dcu.ie'],
        entitlementNamespaces: ['urn:geant:eciu.eu'],
        clients: { 'partner-dcu': { member: 'dcu' } },
      },
    ],
  })
  const verify = createTokenVerifier({
    issuers: parseIssuers(text, { origin: 'test', isProduction: false }),
    findMember: (home) => (home === 'dcu.ie' ? 'dcu' : null),
    fetch: (url, init) => fetch(url, init),
    now: () => clock.ms,
    wallNow: Date.now,
    log: silentLogger,
  })
  return { clock, verify }
}

const seconds = 1_000
const hours = 3_600_000

describe('a token of a real OpenID provider', () => {
  it('makes a registered client the partner system of its member, and any other client nobody’s', async () => {
    const { verify } = open()
    const { principal } = await verify(await issuer.askClientToken('partner-dcu'))
    expect(principal).toMatchObject({
      kind: 'system',
      grants: [{ role: 'partner', member: 'dcu' }],
    })
    const other = await verify(await issuer.askClientToken('unregistered'))
    expect(other.principal).toMatchObject({ kind: 'system', grants: [] })
  })

  it('makes a person with an entitlement and a staff affiliation the registrar of their university', async () => {
    const { verify } = open()
    const token = await issuer.issuePersonToken('jane', {
      schac_home_organization: 'dcu.ie',
      eduperson_scoped_affiliation: ['staff@dcu.ie'],
      eduperson_entitlement: ['urn:geant:eciu.eu:group:hub:dcu:role=registrar#login.eciu.eu'],
    })
    const { principal } = await verify(token)
    expect(principal).toMatchObject({
      kind: 'person',
      homeMember: 'dcu',
      grants: [
        { role: 'learner', member: null },
        { role: 'registrar', member: 'dcu' },
      ],
    })
    expect(JSON.stringify(principal)).not.toContain('jane')
  })

  it('needs the issuer’s keys once for many tokens at the same time', async () => {
    const { verify } = open()
    const before = issuer.countKeyRequests()
    const tokens = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => issuer.issuePersonToken(name)),
    )
    await Promise.all(tokens.map(verify))
    expect(issuer.countKeyRequests()).toBe(before + 1)
  })

  it('is known by new keys without a restart, and by the old ones no longer, after the cooldown', async () => {
    const { clock, verify } = open()
    const old = await issuer.issuePersonToken('before')
    await verify(old)
    await issuer.rotateKeys()
    const token = await issuer.issuePersonToken('after')
    // Within the cooldown an unknown key is not worth a request: anybody can name one.
    const before = issuer.countKeyRequests()
    await expect(verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' })
    expect(issuer.countKeyRequests()).toBe(before)
    clock.ms += 31 * seconds
    expect((await verify(token)).principal.kind).toBe('person')
    await expect(verify(old)).rejects.toMatchObject({ code: 'TOKEN_INVALID' })
  })

  it('loses a withdrawn key within minutes although nobody shows a new one', async () => {
    const { clock, verify } = open()
    const token = await issuer.issuePersonToken('before')
    await verify(token)
    await issuer.rotateKeys()
    clock.ms += 11 * 60 * seconds
    // This look starts the reading; it does not wait for it.
    await verify(token).catch(() => {})
    await expect.poll(() => verify(token).catch(({ code }) => code)).toBe('TOKEN_INVALID')
  })

  it('is checked with the last good keys while the issuer is down, for a day and no longer', async () => {
    const { clock, verify } = open()
    const token = await issuer.issuePersonToken('somebody')
    await verify(token)
    issuer.setDown(true)
    try {
      clock.ms += 23 * hours
      expect((await verify(token)).principal.kind).toBe('person')
      clock.ms += 2 * hours
      await expect(verify(token)).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
      await expect(open().verify(token)).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
    } finally {
      issuer.setDown(false)
    }
    clock.ms += 31 * seconds
    expect((await verify(token)).principal.kind).toBe('person')
  })
})
