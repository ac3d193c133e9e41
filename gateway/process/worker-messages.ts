import { z } from 'zod'

const sources = z.object({
  supergraphSdl: z.string(),
  members: z.object({ registerText: z.string(), catalogueSdl: z.string() }).exactOptional(),
  documents: z.array(z.string()).readonly().exactOptional(),
})

const toWorker = z.discriminatedUnion('kind', [
  /** The first message. `port` is never 0: all workers listen on the same one. */
  z.object({ kind: z.literal('start'), sources, port: z.int() }),
  z.object({ kind: z.literal('reload'), id: z.int(), sources }),
  /** Finish what is under way, then end. */
  z.object({ kind: z.literal('stop') }),
])

const fromWorker = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    url: z.string(),
    port: z.int(),
    subgraphs: z.array(z.object({ name: z.string(), url: z.string() })),
  }),
  /** It cannot start; it ends after this. */
  z.object({ kind: z.literal('failed'), line: z.string() }),
  z.object({ kind: z.literal('reloaded'), id: z.int() }),
  z.object({ kind: z.literal('refused'), id: z.int(), line: z.string() }),
])

/** From the supervisor to a worker. */
export type ToWorker = z.infer<typeof toWorker>
/** From a worker to the supervisor. */
export type FromWorker = z.infer<typeof fromWorker>

/** Reads a message of the channel between the two; throws on anything else (a bug, or two builds mixed). */
export function parseToWorker(message: unknown): ToWorker {
  return toWorker.parse(message)
}

/** See {@link parseToWorker}. */
export function parseFromWorker(message: unknown): FromWorker {
  return fromWorker.parse(message)
}
