import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../schema/index.js'
import { connectPostgres } from '../../../tests/setup/connect-postgres.js'
import { fetchSigned } from '../../../tests/setup/fetch-signed.js'
import { startTestRecognition, type TestRecognition } from '../recognition-server.fixture.js'

let hub: TestRecognition
let awardId: string
let version: number
let keys = 0

const person = (subjectId: string, role?: 'registrar'): Principal => ({
  kind: 'person',
  subjectId,
  homeMember: 'utwente',
  grants: role === undefined ? [] : [{ role, member: 'utwente' }],
  scopes: [],
  assurance: [],
})
const registrar = person('registrar-1', 'registrar')
const mirthe = person('mirthe')
const stranger = person('stranger')

const nextKey = () => {
  keys += 1
  return `key-${keys}-of-the-share-suite`
}

async function ask(query: string, variables: object, principal: Principal) {
  const { data, errors } = await hub.ask(query, { ...variables }, principal)
  expect(errors).toBeUndefined()
  return data
}

beforeAll(async () => {
  hub = await startTestRecognition()
  const { makeAward } = await ask(
    `mutation ($input: MakeAwardInput!) { makeAward(input: $input) {
      award { id version } userErrors { code } } }`,
    {
      input: {
        idempotencyKey: nextKey(),
        award: {
          learnerId: 'alliance:learner:mirthe',
          microCredentialId: 'alliance:microcredential:utwente-ai-foundations',
          awardedOn: '2026-11-20',
        },
      },
    },
    registrar,
  )
  awardId = makeAward.award.id
  version = makeAward.award.version
  const learner = { givenName: 'Mirthe', familyName: 'Vanderzwaan', dateOfBirth: '2001-02-03' }
  await ask(
    `mutation ($input: IssueCredentialInput!) { issueCredential(input: $input) {
      userErrors { code } } }`,
    { input: { idempotencyKey: nextKey(), awardId, format: 'VC_JWT', learner } },
    registrar,
  )
})
afterAll(() => hub?.stop())

async function share(input: object = {}, principal = mirthe) {
  const { shareCredential } = await ask(
    `mutation ($input: ShareCredentialInput!) { shareCredential(input: $input) {
      url share { id disclosed expiresAt views } userErrors { code path } } }`,
    { input: { awardId, ...input } },
    principal,
  )
  return shareCredential
}

/** Opens a link as the gateway forwards it. */
function open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { pathname, search } = new URL(url)
  return fetchSigned(new URL(`${pathname}${search}`, hub.url).href, { headers })
}

const viewsOf = async (id: string) => {
  const { me } = await ask('{ me { credentialShares { id views withdrawnAt } } }', {}, mirthe)
  return me.credentialShares.find((one: { id: string }) => one.id === id)
}

describe('a shared credential', () => {
  it('shows the achievement and nothing about the person unless they chose it', async () => {
    const { url, share: made } = await share()
    expect(made.disclosed).toEqual([])
    const page = await (await open(url)).text()
    expect(page).toContain('Foundations of artificial intelligence')
    expect(page).toContain('not disclosed')
    const document = await (await open(`${url}/document`)).text()
    const everything = page + document + decodeAll(document)
    // A backslash where a line should have ended was once on this page.
    expect(page).not.toContain('\\n')
    for (const secret of ['Mirthe', 'Vanderzwaan', '2001-02-03', 'alliance:learner', awardId]) {
      expect(everything).not.toContain(secret)
    }
  })

  it('shows what was chosen, and the sealed document verifies with no more than that', async () => {
    const { url, share: made } = await share({ show: ['NAME'] })
    expect(made.disclosed).toEqual(['givenName', 'familyName'])
    const page = await (await open(url)).text()
    expect(page).toContain('Mirthe Vanderzwaan')
    expect(page).not.toContain('2001-02-03')
    const document = await (await open(`${url}/document`)).text()
    expect(decodeAll(document)).toContain('Vanderzwaan')
    expect(decodeAll(document)).not.toContain('2001-02-03')
    const { data } = await hub.ask(
      'query ($document: String!) { verifyCredential(document: $document) { verdict } }',
      { document },
    )
    expect(data.verifyCredential.verdict).toBe('VERIFIED')
  })

  it('counts looks at the page, for its learner', async () => {
    const { url, share: made } = await share()
    expect(made.views).toBe(0)
    for (let look = 0; look < 3; look += 1) await (await open(url)).text()
    expect(await viewsOf(made.id)).toMatchObject({ views: 3, withdrawnAt: null })
  })

  it('is kept by no cache and listed by no search engine, page and document alike', async () => {
    const { url } = await share()
    for (const answer of [await open(url), await open(`${url}/document`)]) {
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    }
    const page = await open(url)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(await page.text()).toContain('<meta name="robots" content="noindex, nofollow">')
  })

  it.each([
    [{ 'accept-language': 'fi-FI, en;q=0.5' }, '', 'fi', 'Vahvistettu'],
    [{ 'accept-language': 'fi' }, '?language=nl', 'nl', 'Geverifieerd'],
    [{ 'accept-language': 'zz' }, '', 'en', 'Verified'],
  ])('is in the language of %j%s', async (headers, query, language, verdict) => {
    const { url } = await share()
    const answer = await open(`${url}${query}`, headers)
    const page = await answer.text()
    expect(answer.headers.get('content-language')).toBe(language)
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(verdict)
  })

  it('is in the learner’s language for whoever comes, and offers the others', async () => {
    const { url } = await share()
    const sql = await connectPostgres(hub.databaseUrl)
    const setLanguage = (tag: string | null) =>
      sql.query('update learner set language = ? where id = ?', [tag, 'alliance:learner:mirthe'])
    try {
      await setLanguage('nl')
      const page = await (await open(url, { 'accept-language': 'fi' })).text()
      expect(page).toContain('<html lang="nl">')
      expect(page).toContain('Geverifieerd')
      expect(page).toContain(`<a href="${url}?language=fi" lang="fi" hreflang="fi">suomi</a>`)
      const chosen = await (await open(`${url}?language=fi`)).text()
      expect(chosen).toContain('<html lang="fi">')
    } finally {
      await setLanguage(null)
      await sql.close()
    }
  })

  it('can be printed: with its code, and without what only a screen needs', async () => {
    const page = await (await open((await share()).url)).text()
    expect(page).toMatch(/<figure class="code"><svg/)
    expect(page).toContain('class="no-print"')
    const styles = await (await open('https://hub.test/credentials/assets/page.css')).text()
    expect(styles).toMatch(/@media print \{[\s\S]*\.no-print \{\s*display: none/)
  })
})

describe('the end of a link', () => {
  it('comes at its time and not before', async () => {
    const { url, share: made } = await share({ days: 2 })
    expect(made.expiresAt).toBe('2026-11-25T12:00:00.000Z')
    hub.clock.now = new Date('2026-11-25T11:59:59Z')
    expect((await open(url)).status).toBe(200)
    hub.clock.now = new Date('2026-11-25T12:00:00Z')
    for (const link of [url, `${url}/document`]) {
      const answer = await open(link)
      expect(answer.status).toBe(410)
      expect(await answer.text()).not.toContain('Foundations')
    }
    hub.clock.now = new Date('2026-11-23T12:00:00Z')
  })

  it('comes when its learner withdraws it, and opening it counts no more', async () => {
    const { url, share: made } = await share()
    await (await open(url)).text()
    const withdraw =
      'mutation ($id: ID!) { withdrawCredentialShare(id: $id) { userErrors { code } } }'
    const denied = await ask(withdraw, { id: made.id }, stranger)
    expect(denied.withdrawCredentialShare.userErrors).toEqual([{ code: 'NOT_FOUND' }])
    expect((await open(url)).status).toBe(200)
    await ask(withdraw, { id: made.id }, mirthe)
    expect((await open(url)).status).toBe(410)
    expect(await viewsOf(made.id)).toMatchObject({ views: 2, withdrawnAt: expect.any(String) })
  })

  it.each([0, -1, 366])('is refused %i days from now', async (days) => {
    expect(await share({ days })).toMatchObject({
      url: null,
      userErrors: [{ code: 'VALUE_INVALID', path: ['days'] }],
    })
  })
})

describe('an attack on links', () => {
  it('finds nobody else’s: links are made and listed for their learner alone', async () => {
    expect(await share({}, stranger)).toMatchObject({
      url: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['awardId'] }],
    })
    await share()
    const { me } = await ask('{ me { credentialShares { id } } }', {}, stranger)
    expect(me.credentialShares).toEqual([])
    const rows = JSON.stringify(await hub.dump('credential_share'))
    const token = (await share()).url.split('/').at(-1)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(rows).not.toContain(token)
  })

  it('guesses nothing: every wrong token has the same answer, near ones, long ones and ids', async () => {
    const { url, share: made } = await share()
    const token = url.slice(url.lastIndexOf('/') + 1)
    const base = url.slice(0, -token.length)
    const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
    const guesses = [
      flipped,
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      made.id,
      `${'x'.repeat(90)}`,
      '%00',
      "'%20or%201=1",
    ]
    const answers = await Promise.all(
      guesses.map(async (guess) => {
        const answer = await open(`${base}${guess}`)
        return { status: answer.status, text: await answer.text() }
      }),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
  })

  it('takes as long for a token that is nearly right as for one that is not at all', async () => {
    const { url } = await share()
    const token = url.slice(url.lastIndexOf('/') + 1)
    const base = url.slice(0, -token.length)
    const near = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    const far = 'A'.repeat(token.length)
    const times: Record<string, number[]> = { [near]: [], [far]: [] }
    // In turns, so that a slow moment of the machine falls on both.
    for (let round = 0; round < 60; round += 1) {
      for (const guess of [near, far]) {
        const startedAt = performance.now()
        await (await open(`${base}${guess}`)).text()
        times[guess]?.push(performance.now() - startedAt)
      }
    }
    const median = (values: number[] = []) => values.sort((a, b) => a - b)[30] ?? 0
    // What is looked up is a hash of the token: where it differs from a real one, no comparison can tell.
    expect(median(times[near]) / median(times[far])).toBeGreaterThan(0.5)
    expect(median(times[near]) / median(times[far])).toBeLessThan(2)
  })

  it('puts nothing into the page: what a credential says is text', async () => {
    const { url } = await share()
    const attack = '%22%3E%3Cscript%3Ealert(1)%3C/script%3E'
    const page = await (await open(`${url}?language=${attack}`)).text()
    expect(page).not.toContain('alert(1)')
    expect(page).toContain('<html lang="en">')
  })
})

it('shows a revoked credential as not verified', async () => {
  const { url } = await share()
  await ask(
    `mutation ($input: ChangeAwardInput!) { revokeAward(input: $input) { userErrors { code } } }`,
    { input: { idempotencyKey: nextKey(), awardId, expectedVersion: version, reason: 'an error' } },
    registrar,
  )
  const page = await (await open(url)).text()
  expect(page).toContain('Not verified')
  expect(await share()).toMatchObject({ url: null, userErrors: [{ path: ['awardId'] }] })
})

/** Everything base64url in a token, as text. */
function decodeAll(token: string): string {
  return token.replace(/[\w-]+/g, (part) => Buffer.from(part, 'base64url').toString())
}
