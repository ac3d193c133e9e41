import type { Logger } from '../../infra/runtime/index.js'
import {
  anonymousPrincipal,
  type MemberRegister,
  type RegisteredMember,
} from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { MemberClient } from '../transport/member-client.js'
import { type ContractVerdict, createContractChecker, type MemberState } from './check-contract.js'
import { buildSubgraphSchema } from './contract-schema.js'
import { createRecheckTimer, type RecheckTimer } from './recheck-timer.js'

export type { MemberState } from './check-contract.js'

/** One member's state for people: health endpoint, console, start-up table. */
export interface MemberStatus {
  readonly slug: string
  readonly state: MemberState
  /** One sentence, null when the member serves. */
  readonly reason: string | null
  /** Instant of the last check, ISO 8601; null before the first. */
  readonly checkedAt: string | null
  /** Parts of the contract a lagging member does not know, e.g. `CourseOffering.price`. */
  readonly missingFields: readonly string[]
}

/** One member for the fan-out. A snapshot: a later check makes a new one. */
export interface DirectoryEntry {
  readonly member: RegisteredMember
  readonly client: MemberClient
  readonly verdict: ContractVerdict
}

export interface MemberDirectory {
  /** Checks every member once, all at the same time; resolves when the last one has answered or timed out. */
  start(): Promise<void>
  /** Every member, in register order. */
  list(): readonly MemberStatus[]
  /** Every member with its client, in register order. The same array until something changes. */
  entries(): readonly DirectoryEntry[]
  /** Tells that a call failed, so that the member is checked soon instead of failing every request. */
  reportFailure(slug: string): void
  /** Adds, removes and moves members: checks the new ones first, then swaps the whole list at once. */
  apply(register: MemberRegister): Promise<void>
  /** Calls `listener` after every change of a state or of the list; returns the way to stop that. */
  onChange(listener: () => void): () => void
  /** Ends the timers and closes the clients. */
  stop(): Promise<void>
}

export interface MemberDirectoryOptions {
  readonly register: MemberRegister
  readonly catalogueSdl: string
  readonly createMemberClient: (member: RegisteredMember) => MemberClient
  /** Longest wait for a member's schema. Default 3000 ms. */
  readonly checkTimeoutMs?: number
  /** First wait before a member that is left out is checked again. Default 2000 ms. */
  readonly recheckMs?: number
  /** The wait doubles after each check that changes nothing, up to this. Default 15000 ms. */
  readonly maximumRecheckMs?: number
  readonly log: Logger
}

/** A member with what changes about it. */
interface Place {
  readonly member: RegisteredMember
  readonly client: MemberClient
  verdict: ContractVerdict
  checkedAt: string | null
  readonly timer: RecheckTimer
}

const unchecked: ContractVerdict = {
  state: 'unreachable',
  reason: 'not checked yet',
  missing: new Set(),
}

/** Knows which members can be asked: checks each one's schema against the contract, and keeps checking those left out. */
export function createMemberDirectory(options: MemberDirectoryOptions): MemberDirectory {
  const { log, checkTimeoutMs = 3_000, recheckMs = 2_000, maximumRecheckMs = 15_000 } = options
  const check = createContractChecker(buildSubgraphSchema(options.catalogueSdl))
  const stopping = new AbortController()
  const listeners = new Set<() => void>()
  const closing = new Set<Promise<void>>()
  let places: readonly Place[] = options.register.members.map((member) => openPlace(member))
  let snapshot = toSnapshot(places)
  let applying: Promise<void> = Promise.resolve()

  function openPlace(member: RegisteredMember, known?: Place): Place {
    const place: Place = {
      member,
      client: known?.client ?? options.createMemberClient(member),
      verdict: known?.verdict ?? unchecked,
      checkedAt: known?.checkedAt ?? null,
      timer: createRecheckTimer({ recheckMs, maximumRecheckMs, run: () => checkPlace(place) }),
    }
    return place
  }

  async function checkPlace(place: Place): Promise<void> {
    const verdict = await check(place.client, toCheckContext(stopping.signal, checkTimeoutMs))
    if (stopping.signal.aborted) return
    const previous = place.checkedAt === null ? undefined : place.verdict
    place.verdict = verdict
    place.checkedAt = new Date().toISOString()
    const isNews = previous?.state !== verdict.state || previous.reason !== verdict.reason
    if (isNews) logVerdict(log, place.member.slug, previous?.state, verdict)
    // A serving member is asked all the time anyway; its failures come in through reportFailure.
    if (verdict.state === 'serving') place.timer.rest()
    else place.timer.continue(previous?.state !== verdict.state)
    if (isNews) announce()
  }

  function announce(): void {
    snapshot = toSnapshot(places)
    for (const listener of listeners) listener()
  }

  async function replacePlaces(register: MemberRegister): Promise<void> {
    const old = new Map(places.map((place) => [place.member.slug, place]))
    const next = register.members.map((member) => {
      const known = old.get(member.slug)
      return openPlace(member, known?.member.endpoint === member.endpoint ? known : undefined)
    })
    // allSettled is not needed: a check answers with a verdict, whatever happens.
    await Promise.all(next.filter(({ checkedAt }) => checkedAt === null).map(checkPlace))
    const before = places
    places = stopping.signal.aborted ? before : next
    const kept = new Set(places.map(({ client }) => client))
    const others = places === next ? before : next
    for (const place of others) {
      place.timer.stop()
      if (!kept.has(place.client)) closeLater(place.client)
    }
    for (const place of places) {
      if (place.verdict.state !== 'serving') place.timer.continue(true)
    }
    if (!stopping.signal.aborted) {
      log.info('register applied', { version: register.version, members: next.length })
      announce()
    }
  }

  function closeLater(client: MemberClient): void {
    const closed = client.close().catch((error: unknown) => {
      log.warn('a client did not close', { error: String(error) })
    })
    closing.add(closed)
    void closed.finally(() => closing.delete(closed))
  }

  return {
    start: async () => {
      await Promise.all(places.map(checkPlace))
    },
    list: () => places.map(toStatus),
    entries: () => snapshot,
    reportFailure(slug) {
      places.find(({ member }) => member.slug === slug)?.timer.hurry()
    },
    apply(register) {
      // One after the other: two registers applied at once would each drop the other's clients.
      const applied = applying.then(() => replacePlaces(register))
      applying = applied.catch(() => {})
      return applied
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async stop() {
      stopping.abort()
      for (const place of places) {
        place.timer.stop()
        closeLater(place.client)
      }
      await applying
      await Promise.all(closing)
    },
  }
}

function toSnapshot(places: readonly Place[]): readonly DirectoryEntry[] {
  return places.map(({ member, client, verdict }) => ({ member, client, verdict }))
}

function toStatus({ member, verdict, checkedAt }: Place): MemberStatus {
  const { state, reason, missing } = verdict
  return { slug: member.slug, state, reason, checkedAt, missingFields: [...missing].sort() }
}

function toCheckContext(signal: AbortSignal, timeoutMs: number): RequestContext {
  return {
    requestId: 'contract-check',
    signal,
    deadlineAt: performance.now() + timeoutMs,
    principal: anonymousPrincipal,
    headers: {},
    outcomes: { record: () => {}, list: () => [] },
  }
}

function logVerdict(
  log: Logger,
  member: string,
  previous: MemberState | undefined,
  { state, reason }: ContractVerdict,
): void {
  const write = state === 'serving' ? log.info : log.warn
  write('member state changed', { member, from: previous ?? 'unknown', to: state, reason })
}
