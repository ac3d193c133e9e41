import { readFileSync } from 'node:fs'
import { silentLogger } from '../../infra/runtime/index.js'
import type { MemberOutcome, MemberRegister } from '../../schema/index.js'
import { anonymousPrincipal } from '../../schema/index.js'
import type { OutcomeLog, RequestContext } from '../engine/request-context.js'
import { createMemberDirectory, type MemberDirectory } from '../registry/member-directory.js'
import { createMemberClient } from '../transport/member-client.js'
import { defaultRetryRules } from '../transport/retry-queries.js'
import { type CatalogueResponse, createCatalogueEndpoint } from './catalogue-endpoint.js'
import { createFanOutClient } from './fan-out-client.js'

/** The contract as committed. */
export const catalogueSdl = readFileSync('schema/catalogue.graphql', 'utf8')

export interface OpenFanOut {
  readonly directory: MemberDirectory
  /** Asks `/subgraphs/catalogue`, so to speak. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>
  stop(): Promise<void>
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes.
  readonly data: any
  readonly errors: CatalogueResponse['errors']
  /** Outcomes by slug. */
  readonly members: Readonly<Record<string, MemberOutcome>>
  readonly tookMs: number
}

export interface Endpoint {
  readonly slug: string
  readonly url: string
  readonly jurisdiction?: string
}

export interface FanOutTestOptions {
  readonly sdl?: string
  readonly memberTimeoutMs?: number
  readonly openMs?: number
}

/** A fan-out over members on real ports, with short waits. */
export async function openFanOut(
  members: readonly Endpoint[],
  options: FanOutTestOptions = {},
): Promise<OpenFanOut> {
  const { sdl = catalogueSdl, memberTimeoutMs = 2_000, openMs = 100 } = options
  const directory = createMemberDirectory({
    register: toRegister(members),
    catalogueSdl: sdl,
    createMemberClient: (member) =>
      createMemberClient(member, {
        timeoutMs: memberTimeoutMs,
        maximumBodyBytes: 1_000_000,
        breaker: { failureThreshold: 5, openMs },
        retries: { ...defaultRetryRules, backOffMs: 5 },
        log: silentLogger,
      }),
    recheckMs: 20,
    maximumRecheckMs: 40,
    log: silentLogger,
  })
  await directory.start()
  const client = createFanOutClient({
    catalogueSdl: sdl,
    directory,
    memberTimeoutMs,
    log: silentLogger,
  })
  const endpoint = createCatalogueEndpoint({ fanOutClient: client, catalogueSdl: sdl })
  return {
    directory,
    async ask(query, variables = {}) {
      const context = openContext()
      const startedAt = performance.now()
      const response = await endpoint({ query, variables }, context)
      const tookMs = performance.now() - startedAt
      const outcomes = response.extensions.hub.members
      return {
        // Over JSON, as any router gets it.
        data: JSON.parse(JSON.stringify(response.data ?? null)),
        errors: response.errors,
        members: Object.fromEntries(outcomes.map((outcome) => [outcome.member, outcome])),
        tookMs,
      }
    },
    stop: () => directory.stop(),
  }
}

/** A register of these members and nothing else of note. */
export function toRegister(members: readonly Endpoint[]): MemberRegister {
  return {
    version: 'test',
    sources: {},
    policies: {},
    members: members.map(({ slug, url, jurisdiction }) => ({
      slug,
      names: { en: slug },
      countryCode: 'XX',
      jurisdiction: jurisdiction ?? 'XX',
      city: slug,
      schacHomeOrganization: null,
      ror: null,
      erasmusCode: null,
      languages: ['en'],
      endpoint: url,
      homepage: null,
      policy: 'default',
    })),
  }
}

/** Resolves once the member is in this state. */
export async function untilState(
  directory: MemberDirectory,
  slug: string,
  state: string,
): Promise<void> {
  const isThere = (): boolean =>
    directory.list().some((status) => status.slug === slug && status.state === state)
  if (isThere()) return
  await new Promise<void>((resolve) => {
    const unsubscribe = directory.onChange(() => {
      if (!isThere()) return
      unsubscribe()
      resolve()
    })
  })
}

export function openContext(): RequestContext {
  const outcomes: MemberOutcome[] = []
  const log: OutcomeLog = {
    record: (outcome) => void outcomes.push(outcome),
    list: () => outcomes,
  }
  return {
    requestId: 'test',
    signal: new AbortController().signal,
    deadlineAt: performance.now() + 10_000,
    headers: {},
    principal: anonymousPrincipal,
    outcomes: log,
  }
}
