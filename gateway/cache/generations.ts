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

/** The generations this process knows. They only grow; what is learnt late or twice changes nothing. */
export interface Generations {
  /** In the order of the names; undefined while one of them has not been read. */
  peek(names: readonly string[]): readonly number[] | undefined
  /** Like `peek`, but reads what is missing. Where that fails, counters begin at 0 until they can be read. */
  read(names: readonly string[]): Promise<readonly number[]>
  learn(news: GenerationMap): void
  /** What has been read or learnt. */
  known(): GenerationMap
  /** Every name asked for so far, also those that could not be read. */
  names(): readonly string[]
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
}

export function createGenerations({ source, now }: GenerationsOptions): Generations {
  const values = new Map<string, number>()
  /** Names that could not be read yet; their values are guesses. */
  const guessed = new Set<string>()
  const reading = new Map<string, Promise<void>>()
  let version = 0

  function learn(news: GenerationMap): void {
    for (const [name, value] of news) {
      guessed.delete(name)
      const known = values.get(name)
      if (known !== undefined && known >= value) continue
      values.set(name, value)
      // A counter read for the first time makes nothing invalid: nothing can have been kept under it.
      if (known !== undefined) version += 1
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
    learn,
    known: () => new Map([...values].filter(([name]) => !guessed.has(name))),
    names: () => [...values.keys()],
    version: () => version,
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
