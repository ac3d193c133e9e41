import { connect, isIP, type Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import { type AddressGuard, createGuardedLookup, ForbiddenAddress } from './address-guard.js'
import { createResponseReader, type ResponseReader } from './response-reader.js'

export interface SocketDispatcherOptions {
  /** Only `http:`. */
  readonly url: URL
  /** Most sockets at a time; further requests wait for one. */
  readonly connections: number
  /** How long an idle socket is kept. */
  readonly keepAliveTimeoutMs: number
  /** Which addresses may be called. Absent: any. */
  readonly addressGuard?: AddressGuard
}

/** The part of undici's dispatcher that `exchangeJson` uses. */
export interface JsonDispatcher {
  /** @throws Error for a header that HTTP cannot carry, and once it is closed. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean
  /** Lets requests under way finish, those that wait included. */
  close(): Promise<void>
}

interface Exchange {
  readonly request: string | Buffer
  readonly handler: Dispatcher.DispatchHandler
  readonly controller: Dispatcher.DispatchController
  line: Line | undefined
  isOver: boolean
}

/** One connection. */
interface Line {
  readonly socket: Socket
  exchange: Exchange | undefined
  reader: ResponseReader | undefined
  /** How long it may stay idle after the exchange under way. */
  keptMs: number
  /** Until when it may stay idle, in ms of `performance.now()`. */
  idleUntil: number
}

/**
 * Every connection reads into it: what comes is used, or copied, before anything else is read. A buffer for each read, as
 * streams have it, costs more than the read.
 */
const readBuffer = Buffer.allocUnsafeSlow(65_536)

/**
 * Speaks HTTP/1.1 over sockets of its own, for subgraphs on plain HTTP: POST with a body in memory, one request at a time
 * on each connection, connections kept. It does less per call than undici; `bench:engine` has a row for each.
 */
export function createSocketDispatcher(options: SocketDispatcherOptions): JsonDispatcher {
  const { url, connections, keepAliveTimeoutMs, addressGuard } = options
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Node does not look up what is an address already.
  const isForbidden = addressGuard !== undefined && isIP(host) !== 0 && !addressGuard(host)
  const lookup = addressGuard && createGuardedLookup(addressGuard)
  const port = url.port === '' ? 80 : Number(url.port)
  const idle: Line[] = []
  const lines = new Set<Line>()
  const waiting: Exchange[] = []
  let sweeper: NodeJS.Timeout | undefined
  let closed: PromiseWithResolvers<void> | undefined

  function open(): Line {
    const callback = (length: number): boolean => {
      receive(line, readBuffer.subarray(0, length))
      return true
    }
    const onread = { buffer: readBuffer, callback }
    const socket = connect({ host, port, noDelay: true, onread, ...(lookup && { lookup }) })
    const line: Line = { socket, exchange: undefined, reader: undefined, keptMs: 0, idleUntil: 0 }
    lines.add(line)
    socket.on('end', () => {
      if (line.reader?.end() !== true) drop(line, reset('the server closed the connection'))
    })
    socket.on('error', (error) => drop(line, error))
    socket.on('close', () => drop(line, reset('the connection was closed')))
    return line
  }

  function receive(line: Line, chunk: Buffer): void {
    // Nobody asked: whatever this is, it must not become the next one's answer.
    if (line.reader === undefined) {
      drop(line, reset('the server spoke unasked'))
      return
    }
    try {
      line.reader.read(chunk)
    } catch (error) {
      drop(line, error instanceof Error ? error : new Error(String(error)))
    }
  }

  function start(line: Line, exchange: Exchange): void {
    const { handler, controller } = exchange
    line.exchange = exchange
    exchange.line = line
    line.reader = createResponseReader({
      onHead(status, headers) {
        noteKeepAlive(line, headers['keep-alive'])
        handler.onResponseStart?.(controller, status, headers)
      },
      onData: (chunk) => handler.onResponseData?.(controller, Buffer.from(chunk)),
      onEnd(isReusable) {
        // An abort in one of the calls above has taken the line away.
        if (exchange.isOver) return
        exchange.isOver = true
        release(line, isReusable)
        handler.onResponseEnd?.(controller, {})
      },
    })
    line.keptMs = keepAliveTimeoutMs
    line.socket.ref()
    line.socket.write(exchange.request)
  }

  /** A server that says how long it keeps idle connections is left a second before that. */
  function noteKeepAlive(line: Line, header: string | undefined): void {
    const seconds = header === undefined ? undefined : /timeout=(\d+)/.exec(header)?.[1]
    if (seconds === undefined) return
    line.keptMs = Math.min(line.keptMs, Math.max(0, Number(seconds) * 1_000 - 1_000))
  }

  function release(line: Line, isReusable: boolean): void {
    line.exchange = undefined
    line.reader = undefined
    const { keptMs } = line
    const isClosing = closed !== undefined && waiting.length === 0
    if (!isReusable || keptMs === 0 || isClosing || line.socket.destroyed) {
      drop(line, reset('the connection is not used again'))
      return
    }
    const next = waiting.shift()
    if (next !== undefined) {
      start(line, next)
      return
    }
    line.idleUntil = performance.now() + keptMs
    // Idle connections keep no process alive.
    line.socket.unref()
    idle.push(line)
    sweeper ??= setInterval(sweep, Math.max(100, keepAliveTimeoutMs / 4)).unref()
  }

  /** Ends a connection; what was under way on it fails. */
  function drop(line: Line, error: Error): void {
    if (!lines.delete(line)) return
    const at = idle.indexOf(line)
    if (at >= 0) idle.splice(at, 1)
    line.socket.destroy()
    const { exchange } = line
    if (exchange !== undefined && !exchange.isOver) {
      exchange.isOver = true
      exchange.handler.onResponseError?.(exchange.controller, error)
    }
    const next = waiting.shift()
    if (next !== undefined) start(open(), next)
    endIfIdle()
  }

  function sweep(): void {
    const now = performance.now()
    for (const line of [...idle]) if (line.idleUntil <= now) drop(line, reset('idle for too long'))
    if (idle.length > 0) return
    clearInterval(sweeper)
    sweeper = undefined
  }

  /** The connection used last: the others can then grow old and go. */
  function takeIdle(): Line | undefined {
    for (let line = idle.pop(); line !== undefined; line = idle.pop()) {
      if (line.idleUntil > performance.now()) return line
      drop(line, reset('idle for too long'))
    }
    return undefined
  }

  function endIfIdle(): void {
    if (closed === undefined || waiting.length > 0) return
    for (const line of [...idle]) drop(line, reset('closing'))
    if (lines.size > 0) return
    clearInterval(sweeper)
    closed.resolve()
  }

  function abort(exchange: Exchange, reason: Error): void {
    if (exchange.isOver) return
    const at = waiting.indexOf(exchange)
    if (at >= 0) waiting.splice(at, 1)
    if (exchange.line !== undefined) {
      drop(exchange.line, reason)
      return
    }
    exchange.isOver = true
    exchange.handler.onResponseError?.(exchange.controller, reason)
  }

  return {
    dispatch(request, handler) {
      if (closed !== undefined) throw new Error('the dispatcher is closed')
      if (isForbidden) throw new ForbiddenAddress()
      const controller = new ExchangeController((reason) => abort(exchange, reason))
      const text = printRequest(request, url.host)
      const exchange: Exchange = {
        request: text,
        handler,
        controller,
        line: undefined,
        isOver: false,
      }
      handler.onRequestStart?.(controller, {})
      if (exchange.isOver) return true
      const line = takeIdle() ?? (lines.size < connections ? open() : undefined)
      if (line === undefined) waiting.push(exchange)
      else start(line, exchange)
      return line !== undefined
    },
    close() {
      closed ??= Promise.withResolvers<void>()
      endIfIdle()
      return closed.promise
    },
  }
}

const namePattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const invalidValuePattern = /[^\t\x20-\x7e\x80-\xff]/
const notAsciiPattern = /[\x80-\xff]/

/**
 * The whole request, to be written at once: a write for each part would be two system calls and two packets.
 *
 * @throws Error for a header that HTTP cannot carry, which could otherwise end the head early.
 */
function printRequest(
  { path, method, headers, body: given }: Dispatcher.DispatchOptions,
  host: string,
): string | Buffer {
  const body = String(given ?? '')
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  for (const [name, value] of Object.entries(headers ?? {})) {
    const text = String(value)
    if (!namePattern.test(name) || invalidValuePattern.test(text)) {
      throw new Error(`the header ${JSON.stringify(name)} is invalid`)
    }
    head += `${name}: ${text}\r\n`
  }
  head += '\r\n'
  // Bytes above ASCII are themselves in a head and UTF-8 in a body.
  if (!notAsciiPattern.test(head)) return head + body
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])
}

/** A class, because an object literal with getters takes twenty times as long to make. */
class ExchangeController implements Dispatcher.DispatchController {
  readonly #onAbort: (reason: Error) => void
  reason: Error | null = null
  readonly paused = false
  readonly rawHeaders = null
  readonly rawTrailers = null

  constructor(onAbort: (reason: Error) => void) {
    this.#onAbort = onAbort
  }

  get aborted(): boolean {
    return this.reason !== null
  }

  abort(cause: Error): void {
    if (this.reason !== null) return
    this.reason = cause
    this.#onAbort(cause)
  }

  pause(): void {}

  resume(): void {}
}

/** With the code by which `createHttpSubgraphClient` knows a stale connection. */
function reset(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' })
}
