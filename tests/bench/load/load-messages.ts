/** What the load process is asked to do: one run against one server. */
export interface LoadOrder {
  readonly url: string
  /** Request bodies, sent in turn over all connections. */
  readonly bodies: readonly string[]
  /** Headers besides those every request has. */
  readonly headers?: Readonly<Record<string, string>>
  readonly connections: number
  /** Made longer until every connection could have had an answer. 0: everything is timed from the first request. */
  readonly warmUpMs: number
  /** Made longer until there are so many answers; default: as many as connections. A busy machine warms nothing up by time alone. */
  readonly warmUpAnswers?: number
  /** Made longer to a whole number of answers per connection. */
  readonly timedMs: number
  /** How many answers the timed window must have. Default: as many as connections. */
  readonly minimumAnswers?: number
  /** How much longer warm-up and timed window together may become. Default 20 s. */
  readonly longestExtensionMs?: number
  /** A 200 with a shorter body counts as failed. */
  readonly minimumBytes: number
  /** The gateway's process, whose use is read at both ends of the timed window. */
  readonly gatewayPid: number
  /** The process that shares our core, to know whether that core was the limit. */
  readonly companionPid: number
  /** Whether the report lists every answer. */
  readonly isListing?: boolean
}

/** What one run found. Latencies in ms, over answers that ended in the timed window. */
export interface LoadReport {
  readonly answers: number
  readonly failures: number
  /** The first failure in words. */
  readonly failure: string | null
  readonly rps: number
  readonly cpuMsPerRequest: number
  readonly p50: number
  readonly p99: number
  readonly rssMb: number
  /** How busy the gateway's core was with the gateway, 0–1 and a little. */
  readonly gatewayShare: number
  /** The same for load and companion on theirs. */
  readonly loadShare: number
  /** Index of the body and latency of every answer, when the order asked for them; else empty. */
  readonly list: readonly (readonly [body: number, tookMs: number])[]
}
