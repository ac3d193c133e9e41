import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDesk, type TestDesk } from '../desk/credential-desk.fixture.js'
import { withdrawKey } from '../keys/key-directory.js'
import { rotateTestKey } from '../keys/make-test-keys.js'
import { sampleNow, sampleSource } from '../sample-source.fixture.js'

let desk: TestDesk

beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk?.stop())

const rotate = (overlapSeconds: number) =>
  rotateTestKey(desk.keyDirectory, {
    algorithm: 'ES256',
    organisation: sampleSource.issuingBody,
    now: sampleNow,
    overlapSeconds,
  })
const signerNow = () => desk.office.issuing.keys.signer('ES256', sampleNow).keyId

async function issue(): Promise<string> {
  const { id } = await desk.makeAward()
  const outcome = await desk.issue(id, null, 'vc+jwt')
  if (outcome.kind !== 'issued') throw new Error(outcome.reason)
  return outcome.credential.document
}

const headerOf = (text: string) =>
  JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString())
const verify = async (text: string) => {
  const { verdict, checks } = await desk.office.verify(Buffer.from(text))
  return { verdict, codes: checks[1]?.reasons.map(({ code }) => code) }
}

it('goes on with the keys it has while nothing changes', async () => {
  expect(await desk.office.refreshKeys()).toBe(false)
})

it('publishes a new key in a running hub, signs with it after the overlap, and withdraws the old one', async () => {
  const old = signerNow()
  const before = await issue()
  const waiting = await rotate(600)
  expect(await desk.office.refreshKeys()).toBe(true)
  const { keys } = desk.office.issuing
  expect(keys.published(sampleNow).map(({ keyId }) => keyId)).toEqual(
    expect.arrayContaining([old, waiting.keyId]),
  )
  expect(signerNow()).toBe(old)
  expect(keys.signer('ES256', new Date(sampleNow.getTime() + 600_000)).keyId).toBe(waiting.keyId)

  const next = await rotate(0)
  await desk.office.refreshKeys()
  expect(signerNow()).toBe(next.keyId)
  const after = await issue()
  expect(headerOf(after).kid).toContain(next.keyId)
  expect(await verify(before)).toMatchObject({ verdict: 'VERIFIED' })
  expect(await verify(after)).toMatchObject({ verdict: 'VERIFIED' })

  await withdrawKey(desk.keyDirectory, old, sampleNow)
  await desk.office.refreshKeys()
  expect(await verify(before)).toMatchObject({
    verdict: 'FAILED',
    codes: expect.arrayContaining(['KEY_WITHDRAWN']),
  })
  expect(await verify(after)).toMatchObject({ verdict: 'VERIFIED' })
})

it('signs its lists of statuses anew, under another tag, when the key they were signed with is withdrawn', async () => {
  await issue()
  const rows = (await desk.orm.em.fork().execute('select min(id)::int as id from status_list')) as {
    id: number
  }[]
  const id = rows[0]?.id ?? 0
  const first = await desk.office.statusLists.publish(id, 'revocation')
  const old = signerNow()
  await rotate(0)
  await withdrawKey(desk.keyDirectory, old, sampleNow)
  await desk.office.refreshKeys()
  const second = await desk.office.statusLists.publish(id, 'revocation')
  expect(headerOf(first?.text ?? '').kid).toContain(old)
  expect(headerOf(second?.text ?? '').kid).toContain(signerNow())
  expect(second?.tag).not.toBe(first?.tag)
})

it('keeps the keys it has when the directory cannot be read as it stands, and takes the next state', async () => {
  const file = join(desk.keyDirectory, 'keys.json')
  const manifest = await readFile(file, 'utf8')
  const current = signerNow()
  await writeFile(file, manifest.slice(0, 100))
  await expect(desk.office.refreshKeys()).rejects.toMatchObject({ code: 'SIGNING_KEYS_INVALID' })
  expect(signerNow()).toBe(current)
  expect(await verify(await issue())).toMatchObject({ verdict: 'VERIFIED' })
  await writeFile(file, manifest)
  const next = await rotate(0)
  expect(await desk.office.refreshKeys()).toBe(true)
  expect(signerNow()).toBe(next.keyId)
})
