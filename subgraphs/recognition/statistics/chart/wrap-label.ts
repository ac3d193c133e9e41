/**
 * A label in lines of at most `length` characters, broken between words; what does not fit into `most` lines ends in `…`.
 */
export function wrapLabel(text: string, length: number, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= length) {
      lines[lines.length - 1] = `${last} ${word}`
    } else {
      lines.push(word)
    }
  }
  const kept = lines.slice(0, most).map((line) => shorten(line, length))
  if (lines.length <= most) return kept
  return [...kept.slice(0, -1), shorten(`${kept.at(-1) ?? ''} ${lines[most]}`, length)]
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text
}
