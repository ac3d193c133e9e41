import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialFormats } from '../credential-source.js'
import { openTestDesk, type TestDesk } from './credential-desk.fixture.js'

let desk: TestDesk

beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk?.stop())

describe('a credential of a superseded award', () => {
  it.each(credentialFormats)(
    'is reported as superseded, with what takes its place, in %s',
    async (format) => {
      const award = await desk.makeAward()
      const first = await desk.issue(award.id, null, format)
      const successor = await desk.supersede(award)
      if (first.kind !== 'issued') throw new Error(first.reason)
      const { document } = first.credential
      const early = await desk.revocationOf(document)
      const codes = early?.reasons.map(({ code }) => code)
      expect(codes).toEqual(expect.arrayContaining(['REVOKED', 'SUPERSEDED']))
      expect(early?.reason).toContain('not issued yet')

      const second = await desk.issue(successor.id, null, format)
      if (second.kind !== 'issued') throw new Error(second.reason)
      expect(second.credential.supersedes).toBe(first.credential.id)
      const uuid = second.credential.id.slice('alliance:credential:'.length)
      const check = await desk.revocationOf(document)
      expect(check?.status).toBe('fail')
      expect(check?.reason).toContain(`${uuid} takes its place`)
      const report = await desk.office.verify(Buffer.from(second.credential.document))
      expect(report.verdict).toBe('VERIFIED')
      expect(report.credentialId).toContain(uuid)
      // The link stands in the successor itself, for whoever has no hub to ask.
      const link = first.credential.id.slice('alliance:credential:'.length)
      const payload =
        format === 'elm+jades' ? second.credential.document : decode(second.credential.document)
      expect(payload).toContain(link)
    },
  )

  it('names no successor to whom only knows its id', async () => {
    const award = await desk.makeAward()
    const first = await desk.issue(award.id, null, 'vc+jwt')
    await desk.supersede(award)
    if (first.kind !== 'issued') throw new Error(first.reason)
    const [header, payload] = first.credential.document.split('.')
    const check = await desk.revocationOf(`${header}.${payload}.${'A'.repeat(86)}`)
    expect(check?.reasons.map(({ code }) => code)).toEqual(['SEAL_UNPROVEN'])
  })
})

function decode(token: string): string {
  return Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
}
