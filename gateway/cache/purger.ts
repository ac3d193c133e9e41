import type { Logger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import { countersOf, erasureCountersOf, type PurgeScope } from './domain/purge-scope.js'
import type { GenerationMap, GenerationSource, Generations } from './generations.js'
import type { HardPurges, PurgeReceipt } from './hard-purge.js'
import type { PurgeChannel } from './purge-channel.js'
import type { PurgeLog } from './purge-log.js'

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
  readonly hardPurges: HardPurges
  readonly jurisdictions: () => readonly string[]
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const bySubscription = 1
/** Also for a purge that Redis and the messages do not know of. */
export const byPoll = 5

export function createPurger(options: PurgerOptions): Purger {
  const { generations, source, channel, purgeLog, hardPurges, log, now } = options

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

  return {
    async purge(request) {
      const { scope, isHard } = request
      const hiding = countersOf(scope, options.jurisdictions())
      const names = isHard ? [...hiding, ...erasureCountersOf(scope)] : hiding
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
        hardPurges.erase(receiptId, scope, news).catch((error: unknown) => {
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
    receipt: hardPurges.receipt,
  }
}

function codeOf(error: unknown): string {
  return error instanceof HubError ? error.code : String(error)
}
