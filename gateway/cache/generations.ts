import { parseKeyOwner, printGenerationList, toDigits } from './domain/cache-key.js'
import { generationNames } from './domain/purge-scope.js'

/** Counters by name, e.g. `gen:MX:tecmonterrey`; see `generationNames`. */
export type GenerationMap = ReadonlyMap<string, number>

/** Where counters are shared by all gateways. */
export interface GenerationSource {
  /**
   * The counters of these names, each at least as high as in `known`: a server that has lost its memory is told.
   * A counter that is nowhere begins at `seed`.
   */
  read(names: readonly string[], known: GenerationMap, seed: number): Promise<ReadGenerations>
  /** Raises every one of these counters above what it was. @returns Their new values. */
  raise(names: readonly string[], known: GenerationMap, seed: number): Promise<GenerationMap>
}

export interface ReadGenerations {
  readonly generations: GenerationMap
  /** Whether the server had lost none of what is known. */
  readonly isComplete: boolean
}

/** The counters of some names, and {@link printGenerations} of them. */
export interface KnownGenerations {
  readonly values: readonly number[]
  readonly printed: string
}

/** The generations this process knows. They only grow; what is learnt late or twice changes nothing. */
export interface Generations {
  /** In the order of the names; undefined while one of them has not been read. */
  peek(names: readonly string[]): readonly number[] | undefined
  /** What `peek` has, with its form in keys. Worked out once for each list of names, until a counter grows. */
  look(names: readonly string[]): KnownGenerations | undefined
  /** Like `peek`, but reads what is missing. Where that fails, counters begin at 0 until they can be read. */
  read(names: readonly string[]): Promise<readonly number[]>
  learn(news: GenerationMap): void
  /** What has been read or learnt. */
  known(): GenerationMap
  /** Every name asked for so far, also those that could not be read. */
  names(): readonly string[]
  /** Whether what is kept under this key has not been hidden, as far as is known here, by a purge of its owner. */
  isCurrent(key: string): boolean
  /** Changes whenever any generation does: what was valid under this number needs no other check. */
  version(): number
}

export interface GenerationsOptions {
  /** Undefined: this process is alone. */
  readonly source: GenerationSource | undefined
  /**
   * Milliseconds since 1970. A counter that is nowhere begins with the time: so it is higher than it ever was before
   * its server lost it.
   */
  readonly now: () => number
  /** Told about every counter that has grown, or is new to this process. */
  readonly onLearnt?: (name: string, value: number, isNew: boolean) => void
}

export function createGenerations(options: GenerationsOptions): Generations {
  const { source, now, onLearnt } = options
  const values = new Map<string, number>()
  /** Names that could not be read yet; their values are guesses. */
  const guessed = new Set<string>()
  const reading = new Map<string, Promise<void>>()
  const looked = new WeakMap<readonly string[], KnownGenerations & { readonly version: number }>()
  let version = 0

  function learn(news: GenerationMap): void {
    for (const [name, value] of news) {
      guessed.delete(name)
      const known = values.get(name)
      if (known !== undefined && known >= value) continue
      values.set(name, value)
      // A counter read for the first time makes nothing invalid: nothing can have been kept under it.
      if (known !== undefined) version += 1
      onLearnt?.(name, value, known === undefined)
    }
  }

  function peek(names: readonly string[]): readonly number[] | undefined {
    const found: number[] = []
    for (const name of names) {
      const value = values.get(name)
      if (value === undefined) return undefined
      found.push(value)
    }
    return found
  }

  function look(names: readonly string[]): KnownGenerations | undefined {
    const last = looked.get(names)
    if (last !== undefined && last.version === version) return last
    const found = peek(names)
    if (found === undefined) return undefined
    const made = { values: found, printed: printGenerationList(found), version }
    looked.set(names, made)
    return made
  }

  async function readMissing(names: readonly string[]): Promise<void> {
    try {
      if (source === undefined) learn(new Map(names.map((name) => [name, 1])))
      else learn((await source.read(names, new Map(), now())).generations)
    } catch {
      for (const name of names) {
        if (values.has(name)) continue
        values.set(name, 0)
        guessed.add(name)
      }
    } finally {
      for (const name of names) reading.delete(name)
    }
  }

  return {
    peek,
    look,
    learn,
    known: () => new Map([...values].filter(([name]) => !guessed.has(name))),
    names: () => [...values.keys()],
    version: () => version,
    isCurrent(key) {
      const owner = parseKeyOwner(key)
      const [ofJurisdiction, ofMember] = generationNames(owner.jurisdiction, owner.member, [])
      const isNow = (name: string, digits: string): boolean => {
        const value = values.get(name)
        return value === undefined || toDigits(value) === digits
      }
      return (
        isNow(ofJurisdiction, owner.jurisdictionGeneration) &&
        isNow(ofMember, owner.memberGeneration)
      )
    },
    async read(names) {
      const missing = names.filter((name) => !values.has(name))
      const toRead = missing.filter((name) => !reading.has(name))
      if (toRead.length > 0) {
        const read = readMissing(toRead)
        for (const name of toRead) reading.set(name, read)
      }
      await Promise.all(missing.map((name) => reading.get(name)))
      return names.map((name) => values.get(name) ?? 0)
    },
  }
}
