import type { Logger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import type { CacheStore, SweepScope } from './cache-store.js'
import { countersOf, type PurgeScope } from './domain/purge-scope.js'
import type { GenerationMap, GenerationSource, Generations } from './generations.js'
import type { PurgeChannel } from './purge-channel.js'
import type { PurgeLog, PurgeReceipt } from './purge-log.js'

export interface PurgeRequest {
  readonly scope: PurgeScope
  /** Also erase, not only hide. */
  readonly isHard: boolean
  /** `admin`, or `sync:<member>`. */
  readonly origin: string
}

/** How news of a purge gets to the other gateways. */
export interface PurgePropagation {
  /** Whether every gateway was told at once. */
  readonly isPublished: boolean
  /** Whether the purge is written down: then a gateway that missed the news learns of it. */
  readonly isLogged: boolean
  /** Longest time in seconds until no gateway serves what was purged. */
  readonly withinSeconds: number
}

export interface PurgeResult {
  /** `accepted`: written down, but Redis could not be told; gateways learn of it from the log. */
  readonly status: 'done' | 'accepted'
  readonly scope: PurgeScope
  readonly generations: Readonly<Record<string, number>>
  readonly propagation: PurgePropagation
  /** Id of the log's row; null without a log. */
  readonly id: string | null
  /** For a hard purge: what is being erased in the background. */
  readonly isErasing: boolean
}

export interface Purger {
  /** @throws HubError `PURGE_UNAVAILABLE` when neither Redis nor the log can be reached: nothing was purged. */
  purge(request: PurgeRequest): Promise<PurgeResult>
  /** What a hard purge erased; undefined until it has. */
  receipt(id: string): Promise<PurgeReceipt | undefined>
}

export interface PurgerOptions {
  readonly generations: Generations
  readonly source: GenerationSource | undefined
  readonly channel: PurgeChannel | undefined
  readonly purgeLog: PurgeLog | undefined
  /** Every place entries are in, by name. */
  readonly stores: ReadonlyMap<string, Pick<CacheStore, 'sweep'>>
  readonly jurisdictions: () => readonly string[]
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const bySubscription = 1
const byPoll = 5

export function createPurger(options: PurgerOptions): Purger {
  const { generations, source, channel, purgeLog, stores, log, now } = options
  const receipts = new Map<string, PurgeReceipt>()

  async function raise(names: readonly string[]): Promise<GenerationMap | undefined> {
    if (source === undefined) return undefined
    return source.raise(names, generations.known(), now()).catch(() => undefined)
  }

  async function writeDown(
    { scope, isHard, origin }: PurgeRequest,
    names: readonly string[],
    raised: GenerationMap | undefined,
  ) {
    const record = { scope, isHard, origin }
    return purgeLog?.append(record, names, raised ?? new Map(), now()).catch((error: unknown) => {
      log.warn('a purge could not be written down', { error: codeOf(error) })
      return undefined
    })
  }

  async function publish(news: GenerationMap): Promise<boolean> {
    if (channel === undefined) return false
    return channel.publish(news).then(
      () => true,
      () => false,
    )
  }

  /** Erases everywhere and writes the receipt; in the background, because it walks all keys. */
  async function erase(scope: PurgeScope, id: string): Promise<void> {
    const receipt: Record<string, number> = {}
    for (const [name, store] of stores) {
      receipt[name] = await store.sweep(toSweepScope(scope))
    }
    receipts.set(id, receipt)
    await purgeLog?.writeReceipt(id, receipt)
    log.info('hard purge done', { id, ...receipt })
  }

  return {
    async purge(request) {
      const { scope, isHard } = request
      const names = countersOf(scope, options.jurisdictions())
      const raised = await raise(names)
      const logged = await writeDown(request, names, raised)
      const isAlone = source === undefined && purgeLog === undefined
      if (!isAlone && raised === undefined && logged === undefined) {
        throw new HubError('PURGE_UNAVAILABLE')
      }
      const known = await generations.read(names)
      const news =
        logged?.generations ??
        raised ??
        new Map(names.map((name, index) => [name, (known[index] ?? 0) + 1]))
      generations.learn(news)
      const isPublished = raised !== undefined && (await publish(news))
      const id = logged?.id ?? null
      const receiptId = id ?? `local-${now()}`
      if (isHard) {
        erase(scope, receiptId).catch((error: unknown) => {
          log.error('a hard purge did not finish', { id: receiptId, error: codeOf(error) })
        })
      }
      log.info('purged', { scope, origin: request.origin, isHard, isPublished })
      return {
        status: raised === undefined && !isAlone ? 'accepted' : 'done',
        scope,
        generations: Object.fromEntries(news),
        propagation: {
          isPublished,
          isLogged: logged !== undefined,
          withinSeconds: isPublished || isAlone ? bySubscription : byPoll,
        },
        id: isHard ? receiptId : id,
        isErasing: isHard,
      }
    },
    receipt: async (id) =>
      receipts.get(id) ?? (/^\d+$/.test(id) ? purgeLog?.readReceipt(id) : undefined),
  }
}

function toSweepScope(scope: PurgeScope): SweepScope {
  switch (scope.kind) {
    case 'all':
      return { jurisdiction: null, member: null }
    case 'jurisdiction':
      return { jurisdiction: scope.jurisdiction, member: null }
    // Pages hold several types, so a type is erased with its member.
    case 'member':
    case 'type':
      return { jurisdiction: scope.jurisdiction, member: scope.member }
  }
}

function codeOf(error: unknown): string {
  return error instanceof HubError ? error.code : String(error)
}
