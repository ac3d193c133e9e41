/** Tells a person at a terminal what is being done and how long it took. */
export interface Progress {
  /** Prints one line when `work` is done; `summary` says with what result. */
  step<Result>(
    name: string,
    work: (note: (text: string) => void) => Promise<Result>,
    summary: (result: Result) => string,
  ): Promise<Result>
  /** Prints one line as it is. */
  line(text: string): void
}

/**
 * @param write - Takes whole lines, e.g. those of standard output.
 * @param now - Milliseconds; only differences count.
 */
export function createProgress(write: (line: string) => void, now: () => number): Progress {
  const format = (name: string, text: string, startedAt: number) =>
    `  ${name.padEnd(13)}${text.padEnd(58)}${String(Math.round(now() - startedAt)).padStart(6)} ms`
  return {
    step: async (name, work, summary) => {
      const startedAt = now()
      const result = await work((text) => write(`  ${name.padEnd(13)}${text} …`))
      write(format(name, summary(result), startedAt))
      return result
    },
    line: write,
  }
}
