import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../schema/index.js'
import { fetchSigned } from '../../../tests/setup/fetch-signed.js'
import { learnerNamed } from '../commands/open-commands.fixture.js'
import { startTestRecognition, type TestRecognition } from '../recognition-server.fixture.js'
import { listSampleLearners } from '../sample/sample-learner.js'
import { printPassportPage } from './print-passport-page.js'
import { printPassportSvg } from './print-passport-svg.js'

let recognition: TestRecognition
let learner: Principal
beforeAll(async () => {
  recognition = await startTestRecognition({ hasSampleRecords: true })
  learner = listSampleLearners(recognition.memberSlugs)[4]?.principal as Principal
}, 180_000)
afterAll(() => recognition?.stop())

const get = (path: string, principal?: Principal) =>
  fetchSigned(new URL(path, recognition.url).href, principal && { principal })

async function share(
  input: Readonly<Record<string, unknown>>,
): Promise<{ id: string; path: string }> {
  const { data, errors } = await recognition.ask(
    `mutation ($input: SharePassportInput!) { sharePassport(input: $input) {
      path link { id expiresAt parts } userErrors { code } } }`,
    { input },
    learner,
  )
  expect(errors).toBeUndefined()
  return { id: data.sharePassport.link.id, path: data.sharePassport.path }
}

describe('the passport of the learner who asks', () => {
  it('is a page, a document and a picture, kept by nobody and without scripts', async () => {
    const page = await get('/passport/me', learner)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('Competence passport of Sample learner 005')
    expect(html).toContain('Sample data: this person does not exist.')
    expect(html).not.toMatch(/<script|javascript:| on[a-z]+=/i)
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    )
    expect(page.headers.get('x-robots-tag')).toContain('noindex')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const document = (await (await get('/passport/me.json', learner)).json()) as object
    expect(document).toMatchObject({ type: 'CompetencePassport', credits: { totalEcts: '4.5' } })
    // Institutions by name, not by what the hub calls them.
    expect(html).toContain('<td>Linköping University (home)</td>')
    for (const slug of recognition.memberSlugs) expect(html).not.toContain(`<td>${slug}`)
    const picture = await get('/passport/me.svg', learner)
    expect(picture.headers.get('content-type')).toMatch(/^image\/svg\+xml/)
    expect(await picture.text()).toContain('<desc id="description">4.5 ECTS as of 2026-11-23')
  })

  it('is in the learner’s language where there are texts', async () => {
    const finn = listSampleLearners(recognition.memberSlugs).find(
      ({ principal }) => principal.homeMember === 'tampere',
    )?.principal
    const html = await (await get('/passport/me?language=fi', finn)).text()
    expect(html).toContain('<main lang="fi">')
    expect(html).toMatch(/teko/i)
  })

  it('is shown to nobody who does not say who they are', async () => {
    const answer = await get('/passport/me.json')
    expect(answer.status).toBe(401)
    expect(await answer.text()).not.toContain('ects')
  })
})

describe('a link', () => {
  it('shows the parts consented to, and nothing after consent is withdrawn', async () => {
    const { id, path } = await share({
      idempotencyKey: 'share-skills',
      validDays: 7,
      parts: ['SKILLS'],
    })
    const document = (await (await get(`${path}.json`)).json()) as Record<string, unknown>
    expect(document).toMatchObject({ credits: null, timeline: null, mobility: null })
    expect((document.skills as unknown[]).length).toBeGreaterThan(1)
    const stopped = await recognition.ask(
      `mutation ($input: StopSharingPassportInput!) { stopSharingPassport(input: $input) {
        link { withdrawnAt } userErrors { code } } }`,
      { input: { idempotencyKey: 'stop-skills', linkId: id } },
      learner,
    )
    expect(stopped.data.stopSharingPassport.link.withdrawnAt).not.toBeNull()
    const closed = await get(path)
    const unknown = await get(`/passport/shared/${'A'.repeat(43)}`)
    expect([closed.status, unknown.status]).toEqual([404, 404])
    expect(await closed.text()).toBe(await unknown.text())
  })

  it('ends on its day', async () => {
    const { path } = await share({ idempotencyKey: 'share-one-day', validDays: 1 })
    expect((await get(path)).status).toBe(200)
    recognition.clock.now = new Date('2026-11-24T12:00:01Z')
    expect((await get(path)).status).toBe(404)
    recognition.clock.now = new Date('2026-11-23T12:00:00Z')
  })

  it('is told once: the same request again gives the link without its path, and the token is kept nowhere', async () => {
    const input = { idempotencyKey: 'share-again', validDays: 3 }
    const first = await share(input)
    const again = await share(input)
    expect(again).toEqual({ id: first.id, path: null })
    const token = first.path.split('/').at(-1) ?? ''
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(JSON.stringify(await recognition.dump('share_link'))).not.toContain(token)
    expect(JSON.stringify(await recognition.dump('idempotency_key'))).not.toContain(token)
  })

  it('of somebody else cannot be withdrawn', async () => {
    const { id } = await share({ idempotencyKey: 'share-mine', validDays: 3 })
    const { data } = await recognition.ask(
      `mutation ($input: StopSharingPassportInput!) { stopSharingPassport(input: $input) {
        link { id } userErrors { code } } }`,
      { input: { idempotencyKey: 'stop-theirs', linkId: id } },
      learnerNamed('stranger'),
    )
    expect(data.stopSharingPassport).toEqual({ link: null, userErrors: [{ code: 'NOT_FOUND' }] })
  })

  it.each(['/passport/shared/x', '/passport/shared/..%2fme', '/passport/shared/a.json.svg'])(
    'that is none is answered like a withdrawn one: %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )
})

describe('markup in what people wrote', () => {
  const attack = '</title><script>alert(1)</script>"onload="x'
  const view = {
    type: 'CompetencePassport',
    holder: attack,
    synthetic: false,
    date: '2026-11-23',
    language: 'en',
    credits: { totalEcts: '2', ectsByLevel: [], ectsByField: [] },
    skills: [{ title: attack, escoUri: null, eqfLevel: null, evidence: 1 }],
    timeline: [
      {
        title: attack,
        awardedOn: '2026-01-01',
        awardingMember: 'dcu',
        awardedBy: attack,
        ects: '2',
        eqfLevel: null,
        grade: attack,
      },
    ],
    mobility: null,
  } as const

  it.each([
    ['page', printPassportPage],
    ['picture', printPassportSvg],
  ])('is text in the %s', (_name, print) => {
    const markup = print(view)
    expect(markup).not.toContain('<script')
    expect(markup).not.toContain('"onload')
  })
})
