import type { Dispatcher } from 'undici'

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
  readonly signal: AbortSignal
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
  const { signal, maximumBodyBytes } = options
  return new Promise<RawAnswer>((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined
    let isSettled = false
    let hasAnswerBegun = false
    let status = 0
    let contentEncoding = 'identity'
    let retryAfter: string | undefined
    let cacheControl: string | undefined
    let age: string | undefined
    let size = 0
    const chunks: Buffer[] = []

    function fail(kind: ExchangeFailure['kind'], cause?: unknown): void {
      if (isSettled) return
      finish()
      const failure = new ExchangeFailure(kind, !hasAnswerBegun, cause)
      // A request still waiting for a socket has no controller yet; onRequestStart aborts it then.
      controller?.abort(failure)
      reject(failure)
    }
    function finish(): void {
      isSettled = true
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    const onAbort = (): void => fail('aborted')
    const timer = setTimeout(() => fail('timeout'), Math.max(0, options.timeoutMs))
    if (signal.aborted) return fail('aborted')
    signal.addEventListener('abort', onAbort, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (isSettled) started.abort(new ExchangeFailure('aborted', true))
      },
      onResponseStart(_controller, statusCode, headers) {
        // 1xx answers are announcements; the real one follows.
        if (statusCode < 200) return
        hasAnswerBegun = true
        status = statusCode
        const encoding = headers['content-encoding']
        if (typeof encoding === 'string') contentEncoding = encoding.trim().toLowerCase()
        const wait = headers['retry-after']
        if (typeof wait === 'string') retryAfter = wait
        cacheControl = joinHeader(headers['cache-control'])
        age = joinHeader(headers.age)
        if (Number(headers['content-length']) > maximumBodyBytes) fail('tooLarge')
      },
      onResponseData(_controller, chunk) {
        size += chunk.length
        if (size > maximumBodyBytes) fail('tooLarge')
        else chunks.push(chunk)
      },
      onResponseEnd() {
        if (isSettled) return
        finish()
        const [only] = chunks
        const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size)
        resolve({ status, contentEncoding, retryAfter, cacheControl, age, body })
      },
      onResponseError(_controller, error) {
        fail('network', error)
      },
    }
    const { path, headers, body } = options
    try {
      options.dispatcher.dispatch({ path, method: 'POST', headers, body }, handler)
    } catch (error) {
      // A header that HTTP cannot carry; thrown, not reported. The timer must not outlive the call.
      fail('network', error)
    }
  })
}

function joinHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
