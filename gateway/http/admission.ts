/** Spreads the start of requests over turns of the event loop. */
export interface Admission {
  /**
   * Calls `start` in a coming turn of the event loop; never at once.
   *
   * @param key - Requests with the same key that wait at the same time start together.
   * @returns False when too many wait already: then `start` is never called.
   */
  admit(key: string, start: () => void): boolean
  /** How many requests wait. */
  waiting(): number
}

export interface AdmissionOptions {
  /** Most requests that may wait. */
  readonly limit: number
  /** Runs a function in the next turn of the event loop; default `setImmediate`. */
  readonly schedule?: (run: () => void) => void
}

/**
 * Starts one group of equal requests per turn. One poll of the event loop may read a request from every connection; if
 * all started there, all would fetch, merge and print in lockstep: nobody is answered before everybody is nearly done,
 * and everybody's data is in memory at once. Equal requests start together because their fetches then coalesce.
 */
export function createAdmission({ limit, schedule = setImmediate }: AdmissionOptions): Admission {
  // A Map keeps the order of first arrival.
  const groups = new Map<string, (() => void)[]>()
  let waiting = 0
  let isScheduled = false

  function startNextGroup(): void {
    isScheduled = false
    const [next] = groups
    if (next === undefined) return
    const [key, starts] = next
    groups.delete(key)
    waiting -= starts.length
    // Before the starts, which may be long: what they read and write comes after the next turn is booked.
    if (groups.size > 0) book()
    for (const start of starts) start()
  }

  function book(): void {
    if (isScheduled) return
    isScheduled = true
    schedule(startNextGroup)
  }

  return {
    admit(key, start) {
      if (waiting >= limit) return false
      waiting += 1
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [start])
      else group.push(start)
      book()
      return true
    },
    waiting: () => waiting,
  }
}
