import type { CompletionMemo } from './completion-memo.js'

/**
 * Prints the data of an answer as `JSON.stringify` does, but what stands at several places only once. Parts without such
 * values go to `JSON.stringify` in one piece: on those nothing written in JavaScript is as fast.
 */
export function printAnswer(data: unknown, memo: CompletionMemo): string {
  if (!memo.isWorthPrintingOnce) return JSON.stringify(data)
  const texts = new Map<object, string>()

  function print(value: unknown): string {
    if (value === null || typeof value !== 'object') return JSON.stringify(value)
    const isRepeated = memo.isRepeated(value)
    const known = isRepeated ? texts.get(value) : undefined
    if (known !== undefined) return known
    const text = memo.isMixed(value) ? printMixed(value) : JSON.stringify(value)
    if (isRepeated) texts.set(value, text)
    return text
  }

  function printMixed(value: object): string {
    // `join` makes one flat string. Concatenated, every place of a repeated part would walk all of its pieces again in the end.
    if (Array.isArray(value)) return ['[', value.map(print).join(','), ']'].join('')
    const pieces: string[] = []
    let separator = '{'
    for (const key in value) {
      // A response key is a GraphQL name: nothing in it needs escaping.
      pieces.push(`${separator}"${key}":`, print((value as Record<string, unknown>)[key]))
      separator = ','
    }
    pieces.push('}')
    return pieces.join('')
  }

  return print(data)
}
