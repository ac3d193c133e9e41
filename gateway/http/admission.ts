import { createTransientMap } from '../../infra/runtime/index.js'

/** Spreads the start of requests over turns of the event loop. */
export interface Admission {
  /**
   * Calls `start` in a coming turn of the event loop; never at once.
   *
   * @param key - Requests with the same key that wait at the same time start together; undefined for one that starts alone.
   * @returns False when too many wait already: then `start` is never called.
   */
  admit(key: string | undefined, start: () => void): boolean
  /** How many requests wait. */
  waiting(): number
}

export interface AdmissionOptions {
  /** Most requests that may wait. */
  readonly limit: number
  /** Runs a function in the next turn of the event loop; default `setImmediate`. */
  readonly schedule?: (run: () => void) => void
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/** Turns shorter than this have room for more starts, turns longer than `longTurnMs` for fewer. */
const shortTurnMs = 0.5
const longTurnMs = 2
const mostGroupsPerTurn = 32

/**
 * Starts a few groups of equal requests per turn: one when turns are long, more when they are short. One poll of the
 * event loop may read a request from every connection; if all started there, all would fetch, merge and print in
 * lockstep: nobody is answered before everybody nearly is, and everybody's data is in memory at once. Strictly one per
 * turn, though, costs small requests more than it gives them. Equal ones start together because their fetches coalesce.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { limit, schedule = setImmediate, now = () => performance.now() } = options
  const groups = createTransientMap<string | symbol, (() => void)[]>()
  let waiting = 0
  let isBooked = false
  let groupsPerTurn = 1
  /** When the turn before began, if it left requests behind for this one. */
  let previousTurnAt: number | undefined

  function runTurn(): void {
    isBooked = false
    const turnAt = now()
    if (previousTurnAt !== undefined) adapt(turnAt - previousTurnAt)
    const starts = takeGroups()
    previousTurnAt = groups.size > 0 ? turnAt : undefined
    if (groups.size > 0) book()
    for (const start of starts) start()
  }

  function adapt(turnMs: number): void {
    if (turnMs < shortTurnMs) groupsPerTurn = Math.min(groupsPerTurn * 2, mostGroupsPerTurn)
    else if (turnMs > longTurnMs) groupsPerTurn = Math.max(groupsPerTurn / 2, 1)
  }

  function takeGroups(): readonly (() => void)[] {
    const taken: (() => void)[] = []
    for (const [key, starts] of groups.first(groupsPerTurn)) {
      groups.delete(key)
      for (const start of starts) taken.push(start)
    }
    waiting -= taken.length
    return taken
  }

  function book(): void {
    if (isBooked) return
    isBooked = true
    schedule(runTurn)
  }

  return {
    admit(key, start) {
      if (waiting >= limit) return false
      waiting += 1
      const name = key ?? Symbol('alone')
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [start])
      else group.push(start)
      book()
      return true
    },
    waiting: () => waiting,
  }
}
