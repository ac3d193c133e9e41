import { z } from 'zod'
import type { Logger } from '../../infra/runtime/index.js'
import { openRedis, type RedisConnection } from '../store/open-redis.js'
import type { GenerationMap } from './generations.js'
import type { RedisGuard } from './redis-guard.js'

/** News of purges among gateways. A message may come late, twice or never: it carries values, not increments. */
export interface PurgeChannel {
  /** @throws HubError `REDIS_UNAVAILABLE`. */
  publish(news: GenerationMap): Promise<void>
  close(): void
}

export interface PurgeChannelOptions {
  readonly url: string
  /** For publishing; a subscribed connection cannot. */
  readonly redis: RedisConnection
  readonly guard: RedisGuard
  /** @param sentAt - When it was published, ms since 1970 on the publisher's clock. */
  readonly onNews: (news: GenerationMap, sentAt: number) => void
  /** The subscription stands, for the first time or again: what was published before may have been missed. */
  readonly onSubscribed: () => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: Logger
}

const channelName = 'hub:purge'
const subscribeTimeoutMs = 5_000

const messageSchema = z.object({
  sentAt: z.number(),
  generations: z.record(z.string(), z.int().nonnegative()),
})

export function openPurgeChannel(options: PurgeChannelOptions): PurgeChannel {
  const { url, redis, guard, onNews, onSubscribed, now, log } = options
  const subscriber = openRedis({ url, timeoutMs: subscribeTimeoutMs, name: 'purge channel', log })
  let isClosed = false

  // On every connection, not once: ioredis would also do it by itself, but without saying when it has.
  subscriber.on('ready', () => {
    subscriber.subscribe(channelName).then(onSubscribed, () => {
      // Half a connection is none; a new one begins with `ready` again.
      if (!isClosed) subscriber.disconnect(true)
    })
  })
  subscriber.on('message', (_channel: string, text: string) => {
    const message = messageSchema.safeParse(parse(text))
    if (message.success) {
      onNews(new Map(Object.entries(message.data.generations)), message.data.sentAt)
    } else {
      log.warn('a purge message cannot be read')
    }
  })

  return {
    publish: async (news) => {
      const text = JSON.stringify({ sentAt: now(), generations: Object.fromEntries(news) })
      await guard.run(() => redis.publish(channelName, text))
    },
    close: () => {
      isClosed = true
      subscriber.disconnect()
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
