/** The part of an `AbortSignal` that calls need; an `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * A signal and its switch. An `AbortController` does the same, but it and its listeners cost several times as much, and a page
 * of thirteen members needs thirteen of them.
 */
export class Cancellation implements CancelSignal {
  #isAborted = false
  #reason: unknown
  #listeners: Set<() => void> | undefined

  get aborted(): boolean {
    return this.#isAborted
  }

  get reason(): unknown {
    return this.#reason
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners ??= new Set()
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener)
  }

  /** Tells every listener, once; whoever listens afterwards is not told, as with an `AbortSignal`. */
  abort(reason?: unknown): void {
    if (this.#isAborted) return
    this.#isAborted = true
    this.#reason = reason
    for (const listener of this.#listeners ?? []) listener()
    this.#listeners = undefined
  }
}
