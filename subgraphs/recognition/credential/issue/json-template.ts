/** A JSON text with blanks, ready but for what is filled in. */
export interface JsonTemplate {
  /** The text with `values` in the blanks, in base64url of its UTF-8. */
  encode(values: readonly string[]): string
}

// One piece of memory for all: a new one for every text costs more in garbage than writing it.
const scratch = Buffer.allocUnsafeSlow(65_536)

/**
 * Prepares a text that is written often with other values.
 *
 * @param sample - The text as it is written for `marks`.
 * @param marks - Values that stand nowhere else in it. Each place where one stands is a blank.
 * @returns A template whose values are in the order of `marks`, escaped as JSON demands.
 */
export function prepareTemplate(sample: string, marks: readonly string[]): JsonTemplate {
  const { texts, blanks } = split(sample, marks)
  // What stays the same is turned into UTF-8 once: for text beyond Latin-1 that takes longer than all the rest.
  const pieces = texts.map((text) => Buffer.from(text))
  const fixedLength = pieces.reduce((sum, { length }) => sum + length, 0)
  return {
    encode: (values) => {
      let longest = fixedLength
      // A UTF-16 unit takes three bytes at most.
      for (const blank of blanks) longest += (values[blank] ?? '').length * 3
      const buffer = longest > scratch.length ? Buffer.allocUnsafe(longest) : scratch
      let at = 0
      for (let number = 0; number < pieces.length; number += 1) {
        const piece = pieces[number]
        if (piece === undefined) break
        buffer.set(piece, at)
        at += piece.length
        const blank = blanks[number]
        if (blank !== undefined) at += buffer.write(values[blank] ?? '', at)
      }
      return buffer.toString('base64url', 0, at)
    },
  }
}

/** The texts between the blanks, and for each blank, the number of its mark. */
function split(
  sample: string,
  marks: readonly string[],
): { readonly texts: readonly string[]; readonly blanks: readonly number[] } {
  const texts: string[] = []
  const blanks: number[] = []
  let rest = 0
  for (;;) {
    let next = -1
    let found = -1
    for (const [number, mark] of marks.entries()) {
      const at = sample.indexOf(mark, rest)
      if (at >= 0 && (next < 0 || at < next)) {
        next = at
        found = number
      }
    }
    if (found < 0) break
    texts.push(sample.slice(rest, next))
    blanks.push(found)
    rest = next + (marks[found] ?? '').length
  }
  return { texts: [...texts, sample.slice(rest)], blanks }
}
