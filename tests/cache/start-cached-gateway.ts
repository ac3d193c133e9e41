import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, vi } from 'vitest'
import {
  defaultGatewayConfig,
  type GatewayConfig,
  type GatewayOptions,
  type IssuerConfig,
  type RunningGateway,
  startGateway,
} from '../../gateway/index.js'
import { silentLogger } from '../../infra/runtime/index.js'
import { HubError, type MemberPolicy, type MemberRegister } from '../../schema/index.js'
import { createFakeCatalogue } from '../fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../fixtures/members/fake-offerings.js'
import { type FakeMember, startFakeMember } from '../fixtures/members/start-fake-member.js'

const read = (name: string): string => readFileSync(`schema/${name}`, 'utf8')
export const catalogueSdl = read('catalogue.graphql')
export const rootDirectory = new URL('../..', import.meta.url).pathname

/** What tests purge with. */
export const purgeToken = 'Bearer purge'

export const longPolicy: MemberPolicy = {
  residency: 'alliance',
  maxTtlSeconds: 300,
  staleWhileRevalidateSeconds: 60,
  staleIfErrorSeconds: 3_600,
  negativeTtlSeconds: 15,
}

export interface MemberSpec {
  readonly slug: string
  readonly jurisdiction: string
  readonly policy?: string
}

/** So many members in as many jurisdictions, by letters. */
export function listMembers(count: number): readonly MemberSpec[] {
  return Array.from({ length: count }, (_, index) => {
    const letter = String.fromCharCode(97 + index)
    return { slug: `m${letter}`, jurisdiction: `X${letter.toUpperCase()}` }
  })
}

/** The same members in jurisdictions of this call alone, so that no key or counter meets another test's. */
export function inOwnJurisdictions(register: MemberRegister): MemberRegister {
  const suffix = randomBytes(6).toString('hex').toUpperCase()
  const members = register.members.map((member) => ({
    ...member,
    jurisdiction: `${member.jurisdiction}-${suffix}`,
  }))
  return { ...register, members }
}

/** Starts fake members on real ports and writes their register. */
export async function startMembers(
  specs: readonly MemberSpec[],
  policies: Readonly<Record<string, MemberPolicy>> = { default: longPolicy },
): Promise<{ members: ReadonlyMap<string, FakeMember>; register: MemberRegister }> {
  const started = await Promise.all(
    specs.map(({ slug, jurisdiction }, index) =>
      startFakeMember(
        createFakeCatalogue({
          ...{ slug, jurisdiction, sdl: catalogueSdl },
          offerings: makeOfferings(slug, 30, index + 1),
        }),
      ),
    ),
  )
  const members = new Map(started.map((member) => [member.slug, member]))
  const register: MemberRegister = {
    version: 'test',
    sources: {},
    policies: { ...policies },
    members: specs.map(({ slug, jurisdiction, policy = 'default' }) => ({
      ...{ slug, jurisdiction, policy },
      names: { en: slug },
      countryCode: 'XX',
      city: slug,
      schacHomeOrganization: null,
      ror: null,
      erasmusCode: null,
      languages: ['en'],
      endpoint: members.get(slug)?.url ?? '',
      homepage: null,
    })),
  }
  return { members, register }
}

const takePurgeToken: GatewayOptions['requireScope'] & {} = async ({ headers }) => {
  if (headers.authorization !== purgeToken) throw new HubError('FORBIDDEN')
}

/**
 * Starts a gateway in this process over these members, and waits until all of them serve.
 *
 * @param issuers - Whose tokens are taken; without, only {@link purgeToken} is.
 */
export async function startCachedGateway(
  register: MemberRegister,
  config: Partial<GatewayConfig> = {},
  issuers?: readonly IssuerConfig[],
): Promise<RunningGateway> {
  const gateway = await startGateway({
    // A busy machine must not be taken for a Redis that is down.
    config: {
      ...defaultGatewayConfig,
      port: 0,
      drainTimeoutMs: 500,
      redisTimeoutMs: 1_000,
      memberTimeoutMs: 8_000,
      ...config,
    },
    register,
    supergraphSdl: read('supergraph.graphql'),
    catalogueSdl,
    contracts: new Map([['recognition', read('recognition.graphql')]]),
    subgraphUrls: new Map(),
    ...(issuers === undefined ? { requireScope: takePurgeToken } : { issuers }),
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
  const isReady = () => gateway.listMembers().every(({ state }) => state === 'serving')
  await vi.waitFor(() => expect(isReady()).toBe(true), { timeout: 30_000, interval: 50 })
  return gateway
}

/** Requests for data that have reached members so far, without contract checks. */
export function countCalls(members: ReadonlyMap<string, FakeMember>): number {
  let count = 0
  for (const { requests } of members.values()) {
    count += requests.filter(({ query }) => !query.includes('_service')).length
  }
  return count
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes.
  readonly json: any
}

/** Posts JSON and reads the answer, head and all. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  const json = text === '' ? undefined : JSON.parse(text)
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json }
}

/** Purges through the endpoint. */
export function purge(gatewayUrl: string, body: unknown): Promise<HttpAnswer> {
  return post(new URL('/admin/purge', gatewayUrl).href, body, { authorization: purgeToken })
}
