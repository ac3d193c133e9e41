import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { CancelSignal } from '../engine/cancellation.js'

/** One raw HTTP answer, its body still as sent. */
export interface RawAnswer {
  readonly status: number
  readonly contentEncoding: string
  readonly retryAfter: string | undefined
  readonly cacheControl?: string | undefined
  readonly age?: string | undefined
  readonly body: Buffer
}

export interface ExchangeOptions {
  readonly dispatcher: Pick<Dispatcher, 'dispatch'>
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly maximumBodyBytes: number
  readonly signal: CancelSignal
  /** Time until the answer must be complete. */
  readonly timeoutMs: number
}

/** Why an exchange failed. `beforeAnswer`: not one byte of an answer had come, so the request may be tried again. */
export class ExchangeFailure extends Error {
  readonly kind: 'timeout' | 'aborted' | 'tooLarge' | 'network'
  readonly isBeforeAnswer: boolean

  constructor(kind: ExchangeFailure['kind'], isBeforeAnswer: boolean, cause?: unknown) {
    super(kind, cause === undefined ? undefined : { cause })
    this.name = 'ExchangeFailure'
    this.kind = kind
    this.isBeforeAnswer = isBeforeAnswer
  }
}

/**
 * Posts a body and collects the answer. Follows no redirects and decompresses nothing.
 * Uses `dispatch`, undici's lowest level: about 15 % less CPU than `request`, and it alone tells whether bytes came.
 *
 * @throws ExchangeFailure in every case of failure.
 */
export function exchangeJson(options: ExchangeOptions): Promise<RawAnswer> {
  return new Promise<RawAnswer>((resolve, reject) => {
    new Exchange(options, resolve, reject).start()
  })
}

/** A class, its own abort listener and undici's handler in one: a dozen closures for every call are not free. */
class Exchange implements Dispatcher.DispatchHandler, EventListenerObject {
  readonly #options: ExchangeOptions
  readonly #resolve: (answer: RawAnswer) => void
  readonly #reject: (failure: ExchangeFailure) => void
  readonly #chunks: Buffer[] = []
  #size = 0
  #controller: Dispatcher.DispatchController | undefined
  #timer: NodeJS.Timeout | undefined
  #isSettled = false
  #hasAnswerBegun = false
  #status = 0
  #contentEncoding = 'identity'
  #retryAfter: string | undefined
  #cacheControl: string | undefined
  #age: string | undefined

  constructor(
    options: ExchangeOptions,
    resolve: (answer: RawAnswer) => void,
    reject: (failure: ExchangeFailure) => void,
  ) {
    this.#options = options
    this.#resolve = resolve
    this.#reject = reject
  }

  start(): void {
    const { signal, timeoutMs, dispatcher, path, headers, body } = this.#options
    if (signal.aborted) {
      this.fail('aborted')
      return
    }
    this.#timer = setTimeout(endInTime, Math.max(0, timeoutMs), this)
    signal.addEventListener('abort', this, { once: true })
    try {
      dispatcher.dispatch({ path, method: 'POST', headers, body }, this)
    } catch (error) {
      // A header that HTTP cannot carry; thrown, not reported. The timer must not outlive the call.
      this.fail('network', error)
    }
  }

  fail(kind: ExchangeFailure['kind'], cause?: unknown): void {
    if (this.#isSettled) return
    this.#finish()
    const failure = new ExchangeFailure(kind, !this.#hasAnswerBegun, cause)
    // A request still waiting for a socket has no controller yet; onRequestStart aborts it then.
    this.#controller?.abort(failure)
    this.#reject(failure)
  }

  handleEvent(): void {
    this.fail('aborted')
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isSettled) controller.abort(new ExchangeFailure('aborted', true))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    // 1xx answers are announcements; the real one follows.
    if (statusCode < 200) return
    this.#hasAnswerBegun = true
    this.#status = statusCode
    const encoding = headers['content-encoding']
    if (typeof encoding === 'string') this.#contentEncoding = encoding.trim().toLowerCase()
    const wait = headers['retry-after']
    if (typeof wait === 'string') this.#retryAfter = wait
    this.#cacheControl = joinHeader(headers['cache-control'])
    this.#age = joinHeader(headers.age)
    if (Number(headers['content-length']) > this.#options.maximumBodyBytes) this.fail('tooLarge')
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > this.#options.maximumBodyBytes) this.fail('tooLarge')
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.#isSettled) return
    this.#finish()
    const [only] = this.#chunks
    const isWhole = this.#chunks.length === 1 && only !== undefined
    this.#resolve({
      status: this.#status,
      contentEncoding: this.#contentEncoding,
      retryAfter: this.#retryAfter,
      cacheControl: this.#cacheControl,
      age: this.#age,
      body: isWhole ? only : Buffer.concat(this.#chunks, this.#size),
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail('network', error)
  }

  #finish(): void {
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.#options.signal.removeEventListener('abort', this)
  }
}

function endInTime(exchange: Exchange): void {
  exchange.fail('timeout')
}

function joinHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
