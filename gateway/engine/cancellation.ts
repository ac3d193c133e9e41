/** As listeners of events are: a function, or an object with one. */
type CancelListener = (() => void) | { handleEvent(): void }

/** The part of an `AbortSignal` that calls need; an `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(
    type: 'abort',
    listener: CancelListener,
    options?: { readonly once: boolean },
  ): void
  removeEventListener(type: 'abort', listener: CancelListener): void
}

/**
 * A signal and its switch. An `AbortController` does the same, but it and its listeners cost several times as much, and a page
 * of thirteen members needs thirteen of them.
 */
export class Cancellation implements CancelSignal {
  #isAborted = false
  #reason: unknown
  #listeners: Set<CancelListener> | undefined

  get aborted(): boolean {
    return this.#isAborted
  }

  get reason(): unknown {
    return this.#reason
  }

  addEventListener(_type: 'abort', listener: CancelListener): void {
    this.#listeners ??= new Set()
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: CancelListener): void {
    this.#listeners?.delete(listener)
  }

  /** Tells every listener, once; whoever listens afterwards is not told, as with an `AbortSignal`. */
  abort(reason?: unknown): void {
    if (this.#isAborted) return
    this.#isAborted = true
    this.#reason = reason
    for (const listener of this.#listeners ?? []) {
      if (typeof listener === 'function') listener()
      else listener.handleEvent()
    }
    this.#listeners = undefined
  }
}
