import type { CompletionMemo } from './completion-memo.js'

/**
 * Prints the data of an answer as `JSON.stringify` does, but what stands at several places only once. Parts without such
 * values go to `JSON.stringify` in one piece: on those nothing written in JavaScript is as fast.
 */
export function printAnswer(data: unknown, memo: CompletionMemo): string {
  if (!memo.isWorthPrintingOnce) return JSON.stringify(data)
  const texts = new Map<object, string>()

  function print(value: unknown, pieces: string[]): void {
    if (value === null || typeof value !== 'object') {
      pieces.push(JSON.stringify(value))
      return
    }
    if (!memo.isRepeated(value)) {
      printOnce(value, pieces)
      return
    }
    let text = texts.get(value)
    if (text === undefined) {
      const own: string[] = []
      printOnce(value, own)
      // One flat string: concatenated, every place of it would walk all of its pieces again in the end.
      text = own.join('')
      texts.set(value, text)
    }
    pieces.push(text)
  }

  function printOnce(value: object, pieces: string[]): void {
    if (!memo.isMixed(value)) {
      pieces.push(JSON.stringify(value))
      return
    }
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        pieces.push(index === 0 ? '[' : ',')
        print(value[index], pieces)
      }
      pieces.push(']')
      return
    }
    let separator = '{"'
    for (const key in value) {
      // A response key is a GraphQL name: nothing in it needs escaping.
      pieces.push(separator, key, '":')
      print((value as Record<string, unknown>)[key], pieces)
      separator = ',"'
    }
    pieces.push('}')
  }

  const pieces: string[] = []
  print(data, pieces)
  return pieces.join('')
}
