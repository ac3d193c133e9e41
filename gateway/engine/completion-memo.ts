import type { SharedValues } from './shared-values.js'

interface Completed {
  readonly answer: object
  readonly objects: number
}

/**
 * Completed values of one execution by the place in the operation and the shared value they come from. So the answer,
 * too, holds one object at several places, which `printAnswer` prints once.
 *
 * Nothing may change an answer after it was completed.
 */
export class CompletionMemo {
  readonly #shared: SharedValues
  /** By number of the place in the operation. */
  readonly #bySite: (Map<object, Completed> | undefined)[] = []
  // Made when something stands at several places: in most answers nothing does.
  #repeated: Set<object> | undefined
  #mixed: Set<object> | undefined
  /** How many shared values have been met so far: more after a value than before it means that it holds some. */
  met = 0
  /** How many objects the answer has, each counted at every place. */
  objects = 0

  constructor(shared: SharedValues) {
    this.#shared = shared
  }

  /** Whether a value may come again at another place. */
  isShared(value: unknown): value is object {
    return this.#shared.size > 0 && typeof value === 'object' && value !== null
      ? this.#shared.has(value)
      : false
  }

  /** The answer of an earlier place, if there was one. */
  find(site: number, value: object): object | undefined {
    const known = this.#bySite[site]?.get(value)
    if (known === undefined) return undefined
    this.#repeated ??= new Set()
    this.#repeated.add(known.answer)
    this.objects += known.objects
    return known.answer
  }

  /** @param objects - How many of the answer's objects it is and holds. */
  remember(site: number, value: object, answer: object, objects: number): void {
    const known = this.#bySite[site]
    if (known === undefined) this.#bySite[site] = new Map([[value, { answer, objects }]])
    else known.set(value, { answer, objects })
  }

  /** Notes an object or list of the answer that holds shared ones somewhere below. */
  addMixed(completed: object): void {
    this.#mixed ??= new Set()
    this.#mixed.add(completed)
  }

  /**
   * Whether enough stands at several places: the objects around those are printed in JavaScript, which takes three times
   * as long as `JSON.stringify`.
   */
  get isWorthPrintingOnce(): boolean {
    return this.#repeated !== undefined && this.objects > 3 * (this.#mixed?.size ?? 0)
  }

  isRepeated(completed: object): boolean {
    return this.#repeated?.has(completed) === true
  }

  isMixed(completed: object): boolean {
    return this.#mixed?.has(completed) === true
  }
}
